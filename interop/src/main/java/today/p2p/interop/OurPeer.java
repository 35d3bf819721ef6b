package today.p2p.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import today.p2p.ChordException;
import today.p2p.ChordTable;
import today.p2p.MeshNetwork;
import today.p2p.NetworkBuilder;
import today.p2p.NotConnectedException;
import today.p2p.PeerException;
import today.p2p.SyncTable;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.CloseReason;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The program: prints one line when it is ready, and then answers each line of its input with one. */
public final class OurPeer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private OurPeer() {}

    /** Runs until it is told {@code bye}, or its input ends. */
    public static void main(String[] args) throws IOException {
        new OurPeer().run(PeerOptions.read(args));
    }

    private void run(PeerOptions options) throws IOException {
        Inbox inbox = new Inbox();
        if (options.isSync()) {
            SyncTable.Builder builder = options.sync();
            listen(builder, inbox);
            try (SyncTable<Bytes> table = builder.startBinary()) {
                SyncOperations operations = new SyncOperations(table, new Operations(table.network(), inbox));
                table.onChange(change -> say(SyncOperations.told(change)));
                say(ready(table.network(), options.protocol()));
                answer(operations::perform);
            }
        } else if (options.isChord()) {
            ChordTable.Builder builder = options.chord();
            listen(builder, inbox);
            try (ChordTable<Bytes> table = builder.startBinary()) {
                ChordOperations operations = new ChordOperations(table, new Operations(table.network(), inbox));
                table.onChange(change -> say(ChordOperations.told(change)));
                say(ready(table.network(), options.protocol()));
                answer(operations::perform);
            }
        } else {
            MeshNetwork.Builder builder = options.mesh();
            listen(builder, inbox);
            try (MeshNetwork network = builder.start()) {
                say(ready(network, options.protocol()));
                answer(new Operations(network, inbox)::perform);
            }
        }
    }

    private void listen(NetworkBuilder<?> builder, Inbox inbox) {
        builder.onMessage(inbox::add);
        builder.onConnect(peer -> say(event("connect", peer.id().text())));
        builder.onDisconnect(
                (peer, reason) -> say(event("disconnect", peer.id().text()).put("reason", reason.toString())));
    }

    private void answer(BiFunction<String, JsonNode, JsonNode> operations) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean bye = false;
        for (String line = in.readLine(); line != null && !bye; line = bye ? null : in.readLine()) {
            JsonNode request = JSON.readTree(line);
            ObjectNode answer = JSON.createObjectNode();
            answer.set("id", request.path("id"));
            String name = request.path("op").asString("");
            bye = name.equals("bye");
            try {
                answer.set("ok", bye ? JSON.createObjectNode() : operations.apply(name, request.path("in")));
            } catch (RuntimeException failed) {
                Throwable inner = failed instanceof CompletionException ? failed.getCause() : failed;
                Throwable cause = inner == null ? failed : inner;
                answer.put("err", code(cause)).put("detail", String.valueOf(cause));
            }
            say(answer);
        }
    }

    private static String code(Throwable failure) {
        if (failure instanceof NotConnectedException notConnected) {
            CloseReason reason = notConnected.reason();
            return reason.errorCode().map(Enum::name).orElse(reason.cause().name());
        }
        if (failure instanceof ChordException late) {
            return late.reason().name();
        }
        boolean isRule = failure instanceof PeerException;
        return isRule ? ((PeerException) failure).code().map(Enum::name).orElse("PEER") : "INTERNAL";
    }

    private static ObjectNode ready(MeshNetwork network, ProtocolId protocol) {
        ObjectNode line = JSON.createObjectNode();
        line.putObject("ready")
                .put("host", network.address().host())
                .put("port", network.address().port())
                .put("id", network.id().text())
                .put("protocolId", protocol.text());
        return line;
    }

    private static ObjectNode event(String kind, String id) {
        return JSON.createObjectNode().put("event", kind).put("id", id);
    }

    private void say(ObjectNode line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
