package today.p2p.live.toy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Control;
import today.p2p.model.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The toy node as a process: the model answers questions, a {@link ToyPeer} takes part in live cases. */
public final class ToyPeerMain {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ToyPeerMain() {}

    /** Runs until {@code bye} or the end of the input. The only argument is the name of a defect, or nothing. */
    public static void main(String... arguments) throws IOException, Control.Lost {
        @Nullable ToyDefect defect = arguments.length == 0 ? null : ToyDefect.valueOf(arguments[0]);
        ToyPeer peer = new ToyPeer(defect);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        String op = "";
        for (String line = in.readLine(); line != null && !op.equals("bye"); line = in.readLine()) {
            JsonNode request = JSON.readTree(line);
            op = request.path("op").asString("");
            ObjectNode reply = JSON.createObjectNode();
            reply.set("id", request.path("id"));
            reply.setAll(answer(peer, op, request.path("in")));
            out.print(JSON.writeValueAsString(reply) + "\n");
            out.flush();
        }
    }

    private static ObjectNode answer(ToyPeer peer, String op, JsonNode in) throws Control.Lost {
        if (op.equals("hello")) {
            ObjectNode hello = Model.hello("p2p-toy");
            ToyPeer.OPS.forEach(hello.withArray("ops")::add);
            hello.withArray("roles").add("mesh").add("sync").add("chord");
            return JSON.createObjectNode().set("ok", hello);
        }
        if (!ToyPeer.OPS.contains(op)) {
            return Model.standard().answer(op, in).json();
        }
        Control.Reply reply = peer.ask(op, in.isObject() ? (ObjectNode) in : JSON.createObjectNode());
        return reply.ok() == null
                ? JSON.createObjectNode().put("err", reply.error())
                : JSON.createObjectNode().set("ok", reply.ok());
    }
}
