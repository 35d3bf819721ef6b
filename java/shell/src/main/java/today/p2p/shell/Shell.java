package today.p2p.shell;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import today.p2p.MeshNetwork;
import today.p2p.Peer;
import today.p2p.PeerException;
import today.p2p.Values;
import today.p2p.kernel.Address;
import today.p2p.msgpack.Value;
import today.p2p.runtime.NodeStatus;
import today.p2p.terminal.Readable;
import today.p2p.testee.Notation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out what is typed, one command a line; those that every node has are here. */
public abstract class Shell {
    /** What is understood here, to be put behind the commands of a kind. */
    protected static final String NETWORK_HELP = """
              peers, status              who is linked; what this node does and has done
              connect HOST:PORT, disconnect ID
                                         dials once, unlike --connect; ends a link
              help, quit\
            """;

    protected final MeshNetwork network;
    /** Where outcomes are told. */
    protected final Output out;

    private final String help;

    protected Shell(MeshNetwork network, Output out, String help) {
        this.network = network;
        this.out = out;
        this.help = help;
    }

    /** Carries out a line; false when it is {@code quit}. */
    public final boolean run(String line) {
        Words words = new Words(line);
        try {
            return run(words);
        } catch (IllegalArgumentException | PeerException | TypeConversionException | CompletionException e) {
            out.failed(words.command(), e);
            return true;
        }
    }

    private boolean run(Words words) {
        switch (words.command()) {
            case "" -> {}
            case "quit", "exit" -> {
                return false;
            }
            case "help" -> out.say("help", help, object -> object.put("commands", help));
            case "peers" -> peers(network.peers());
            case "status" -> status(network.status());
            case "connect" -> connect(new HostPort().convert(words.next("an address")));
            case "disconnect" -> disconnect(words.next("an id"));
            default -> {
                if (!carriesOut(words.command(), words)) {
                    throw new IllegalArgumentException("no such command; 'help' shows those that there are");
                }
            }
        }
        return true;
    }

    /** Carries out a command of its own; false when it has none of that name. */
    protected abstract boolean carriesOut(String command, Words words);

    /** Tells what comes of a command, when it comes. */
    final <T> void tell(String command, CompletableFuture<T> outcome, Consumer<? super T> told) {
        outcome.whenComplete((result, failure) -> {
            if (failure == null) {
                told.accept(result);
            } else {
                out.failed(command, failure);
            }
        });
    }

    /** The ids that were shown, and of which one may write the beginning alone. */
    Stream<String> idsSeen() {
        return network.peers().stream().map(peer -> peer.id().text());
    }

    /** The whole id, of which the beginning was written. */
    final String idOf(String beginning) {
        List<String> meant =
                idsSeen().filter(id -> id.startsWith(beginning)).distinct().toList();
        if (meant.size() > 1 && !meant.contains(beginning)) {
            throw new IllegalArgumentException(meant.size() + " ids begin with " + beginning);
        }
        return meant.size() == 1 ? meant.get(0) : beginning;
    }

    /** What a JSON text says, as a Java value. */
    protected static @Nullable Object value(String json) {
        return Values.toJava(Notation.read(tree(json)));
    }

    /** What a JSON text says, in the notation of values. */
    static JsonNode tree(String json) {
        try {
            return noted(JsonMapper.shared().readTree(json));
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException("that is more than one value of JSON", e);
        } catch (JacksonException e) {
            // Where it begins is said of an input that nobody sees.
            String why = e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", "");
            throw new IllegalArgumentException("that is no JSON: " + why, e);
        }
    }

    /** The notation wants the bits of a float, which nobody types. How deep this goes is bounded by the parser. */
    private static JsonNode noted(JsonNode node) {
        if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
            return Notation.write(Value.of(node.doubleValue()));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, noted(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(noted(field.getValue())));
        }
        return node;
    }

    private void connect(Address address) {
        tell(
                "connect",
                network.connect(address.host(), address.port()),
                peer -> out.done("connect", "to " + peer.id()));
    }

    private void disconnect(String id) {
        String whole = idOf(id);
        Peer peer = network.peers().stream()
                .filter(one -> one.id().text().equals(whole))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no link to " + id));
        tell("disconnect", network.disconnect(peer.id()), nothing -> out.done("disconnect", "from " + whole));
    }

    private void peers(List<Peer> peers) {
        out.say("peers", Output.list("peer", peers.stream().map(Output::shown).toList()), object -> {
            ArrayNode all = object.putArray("peers");
            peers.forEach(peer -> Output.fill(all.addObject(), peer));
        });
    }

    private void status(NodeStatus status) {
        NodeStatus.Totals totals = status.totals();
        String lines = "links " + status.links() + ", peers " + status.peers() + ", open calls " + status.openCalls()
                + "\nwaiting to be written " + Readable.count(status.queuedBytes(), "byte") + ", to be handled "
                + Readable.count(status.unhandledBytes(), "byte")
                + "\nbroadcasts remembered " + status.seenBroadcasts()
                + "\nsince the start: received " + Readable.count(totals.received(), "message") + " ("
                + Readable.count(totals.bytesIn(), "byte") + "), sent " + totals.sent() + " ("
                + Readable.count(totals.bytesOut(), "byte") + "), delivered " + totals.delivered()
                + "\n                 links opened " + totals.linksOpened() + ", closed " + totals.linksClosed()
                + ", dials failed " + totals.dialsFailed() + ", faults " + totals.faults();
        out.say(
                "status",
                lines,
                object -> object.setAll((ObjectNode) JsonMapper.shared().valueToTree(status)));
    }
}
