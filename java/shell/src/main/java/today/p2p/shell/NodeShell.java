package today.p2p.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import today.p2p.MeshNetwork;
import today.p2p.MeshNetwork.Sent;
import today.p2p.Message;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.terminal.Readable;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;

/** The commands of {@code p2p node}, and the messages that came to it. Safe for use by several threads. */
final class NodeShell extends Shell {
    /** What can be typed. */
    static final String HELP = """
              broadcast TEXT             to every node
              whisper ID TEXT            to one node, wherever it is in the network; of an id that was
                                         shown, its beginning will do
              reply NUMBER TEXT          to the author of a message that was shown
              broadcast-json [VALUES], whisper-json ID [VALUES], reply-json NUMBER [VALUES]
                                         other things than one text; {"$bin": "00ff"} is binary
            """ + NETWORK_HELP;

    /** How many messages can be replied to: the last ones. */
    private static final int REPLIABLE = 1000;

    private final Readable readable = new Readable(2000);
    /** Who wrote them, and nothing else: anybody may send much. */
    private final Map<Long, String> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REPLIABLE;
        }
    };

    private long count;

    NodeShell(MeshNetwork network, Output out) {
        super(network, out, HELP);
    }

    /** A message came: it is shown under the next number. */
    void came(Message message) {
        long number;
        synchronized (last) {
            number = ++count;
            last.put(number, message.sender());
        }
        String kind = message.isBroadcast() ? "broadcast" : "whisper";
        String values =
                String.join(" ", message.values().stream().map(readable::value).toList());
        out.say(
                "message",
                "[" + number + "] " + kind + " from " + Output.shortId(message.sender()) + ": " + values,
                object -> object.put("number", number)
                        .put("kind", kind)
                        .put("sender", message.sender())
                        .put("time", message.time().getEpochSecond())
                        .put("subFlag", message.subFlag())
                        .set("values", Notation.array(message.values())));
    }

    @Override
    protected boolean carriesOut(String command, Words words) {
        switch (command) {
            case "broadcast" -> broadcast(command, text(words));
            case "broadcast-json" -> broadcast(command, json(words));
            case "whisper" -> whisper(command, idOf(words.next("the id of a node")), text(words));
            case "whisper-json" -> whisper(command, idOf(words.next("the id of a node")), json(words));
            case "reply" -> whisper(command, author(words.next("the number of a message")), text(words));
            case "reply-json" -> whisper(command, author(words.next("the number of a message")), json(words));
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    Stream<String> idsSeen() {
        synchronized (last) {
            return Stream.concat(super.idsSeen(), List.copyOf(last.values()).stream());
        }
    }

    private void broadcast(String command, List<Value> values) {
        tell(
                command,
                network.broadcastValues(Opcode.BROADCAST.number(), values),
                sent -> out.done(command, told(sent)));
    }

    private void whisper(String command, String id, List<Value> values) {
        tell(
                command,
                network.whisperValues(Bytes.ofUtf8(id), Opcode.WHISPER.number(), values),
                sent -> out.done(command, told(sent)));
    }

    private String author(String number) {
        if (!number.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + number + "' is not the number of a message, such as 1");
        }
        String sender;
        synchronized (last) {
            sender = last.get(Long.parseLong(number));
        }
        if (sender == null) {
            throw new IllegalArgumentException("there is no message " + number + " among the last " + REPLIABLE);
        }
        return sender;
    }

    private static String told(Sent sent) {
        return "sent on " + Readable.count(sent.links(), "link") + ", with the id "
                + sent.id().hex();
    }

    private static List<Value> text(Words words) {
        return List.of(Value.of(words.rest("a text")));
    }

    private static List<Value> json(Words words) {
        JsonNode node = tree(words.rest("a JSON array"));
        if (!node.isArray()) {
            throw new IllegalArgumentException("a JSON array is needed, such as [1, \"two\", {\"$bin\": \"03\"}]");
        }
        return ((Value.Array) Notation.read(node)).items();
    }
}
