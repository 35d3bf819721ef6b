package today.p2p.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.TypeConversionException;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.Peer;
import today.p2p.Sent;
import today.p2p.kernel.Address;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.testee.Notation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that {@code p2p node} reads, one a line. Safe for use by several threads. */
final class NodeSession {
    /** What can be typed. */
    static final List<String> HELP = List.of(
            "broadcast TEXT    to every node; broadcast-json [VALUES] sends other things than one text",
            "whisper ID TEXT   to one node, wherever it is; whisper-json ID [VALUES]",
            "reply NUMBER TEXT to the author of a message that was shown; reply-json NUMBER [VALUES]",
            "connect HOST:PORT, disconnect ID, peers, status, help, quit");

    /** How many messages can be replied to: the last ones. */
    private static final int REPLIABLE = 1000;

    private final MeshNetwork network;
    private final NodeEvents events;
    /** Who wrote them, and nothing else: anybody may send much. */
    private final Map<Long, String> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REPLIABLE;
        }
    };

    private long count;

    NodeSession(MeshNetwork network, NodeEvents events) {
        this.network = network;
        this.events = events;
    }

    /** A message came: it is shown under the next number. */
    void came(Message message) {
        long number;
        synchronized (last) {
            number = ++count;
            last.put(number, message.sender());
        }
        events.message(number, message);
    }

    /** Carries out a line; false when it is {@code quit}. */
    boolean run(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return true;
        }
        String[] words = text.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        try {
            return run(words[0], rest);
        } catch (IllegalArgumentException | JacksonException | TypeConversionException e) {
            events.failed(words[0], String.valueOf(e.getMessage()));
            return true;
        }
    }

    private boolean run(String command, String rest) {
        switch (command) {
            case "broadcast" -> broadcast(command, text(rest));
            case "broadcast-json" -> broadcast(command, json(rest));
            case "whisper" -> whisper(command, first(rest), text(second(rest)));
            case "whisper-json" -> whisper(command, first(rest), json(second(rest)));
            case "reply" -> reply(command, first(rest), text(second(rest)));
            case "reply-json" -> reply(command, first(rest), json(second(rest)));
            case "connect" -> connect(new HostPort().convert(rest));
            case "disconnect" -> disconnect(rest);
            case "peers" -> events.peers(network.peers());
            case "status" -> events.status(network.status());
            case "help" -> HELP.forEach(line -> events.done("help", line));
            case "quit", "exit" -> {
                return false;
            }
            default ->
                events.failed(
                        command,
                        "no such command; there are broadcast, whisper, reply (each also with"
                                + " -json), connect, disconnect, peers, status, help, quit");
        }
        return true;
    }

    private void broadcast(String command, List<Value> values) {
        tell(command, network.broadcastValues(Opcode.BROADCAST.number(), values).thenApply(NodeSession::told));
    }

    private void whisper(String command, String id, List<Value> values) {
        tell(command, whisper(Bytes.ofUtf8(id), values));
    }

    private void reply(String command, String number, List<Value> values) {
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
        tell(command, whisper(Bytes.ofUtf8(sender), values));
    }

    private CompletableFuture<String> whisper(Bytes id, List<Value> values) {
        return network.whisperValues(id, Opcode.WHISPER.number(), values).thenApply(NodeSession::told);
    }

    private void connect(Address address) {
        tell("connect", network.connect(address.host(), address.port()).thenApply(peer -> "to " + peer.id()));
    }

    private void disconnect(String id) {
        Peer peer = network.peers().stream()
                .filter(one -> one.id().text().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no link to " + id));
        tell("disconnect", network.disconnect(peer.id()).thenApply(nothing -> "from " + id));
    }

    private void tell(String command, CompletableFuture<String> outcome) {
        outcome.whenComplete((detail, failure) -> {
            if (failure == null) {
                events.done(command, detail);
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                events.failed(command, String.valueOf(cause == null ? failure : cause.getMessage()));
            }
        });
    }

    private static String told(Sent sent) {
        return sent.id().hex() + " on " + sent.links() + (sent.links() == 1 ? " link" : " links");
    }

    private static List<Value> text(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a text is missing");
        }
        return List.of(Value.of(text));
    }

    private static List<Value> json(String text) {
        JsonNode node = JsonMapper.shared().readTree(text);
        if (!node.isArray()) {
            throw new IllegalArgumentException("a JSON array is needed, such as [1, \"two\", {\"$bin\": \"03\"}]");
        }
        return ((Value.Array) Notation.read(node)).items();
    }

    private static String first(String rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("an id or number is missing");
        }
        return rest.split("\\s+", 2)[0];
    }

    private static String second(String rest) {
        String[] words = rest.split("\\s+", 2);
        return words.length > 1 ? words[1] : "";
    }
}
