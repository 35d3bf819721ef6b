package today.p2p.shell;

import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.Peer;
import today.p2p.kernel.CloseReason;
import today.p2p.runtime.NodeStatus;
import today.p2p.terminal.Terminal;
import today.p2p.testee.Notation;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as JSON, one object a line; values in the notation of the test vectors. */
final class NodeJson implements NodeEvents {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Terminal terminal;

    NodeJson(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void listening(MeshNetwork network, String subnet) {
        ObjectNode line = event("listening").put("id", network.id().text());
        say(address(line, network.address()).put("subnet", subnet));
    }

    @Override
    public void connected(Peer peer) {
        say(address(event("connected").put("id", peer.id().text()), peer.address()));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
        ObjectNode line = event("disconnected").put("id", peer.id().text());
        line.put("cause", reason.cause().name());
        reason.errorCode().ifPresent(code -> line.put("error", code.name()));
        say(line.put("detail", reason.detail()));
    }

    @Override
    public void message(long number, Message message) {
        ObjectNode line = event("message").put("number", number);
        line.put("kind", message.isBroadcast() ? "broadcast" : "whisper")
                .put("sender", message.sender())
                .put("time", message.time().getEpochSecond())
                .put("subFlag", message.subFlag())
                .set("values", Notation.array(message.values()));
        say(line);
    }

    @Override
    public void done(String command, String detail) {
        say(event("done").put("command", command).put("detail", detail));
    }

    @Override
    public void failed(String command, String why) {
        say(event("failed").put("command", command).put("detail", why));
    }

    @Override
    public void peers(List<Peer> peers) {
        ObjectNode line = event("peers");
        ArrayNode list = line.putArray("peers");
        peers.forEach(peer -> address(list.addObject().put("id", peer.id().text()), peer.address()));
        say(line);
    }

    @Override
    public void status(NodeStatus status) {
        ObjectNode line = event("status");
        line.setAll((ObjectNode) JSON.valueToTree(status));
        say(line);
    }

    @Override
    public void closed() {
        say(event("closed"));
    }

    private static ObjectNode event(String name) {
        return JSON.createObjectNode().put("event", name);
    }

    private static ObjectNode address(ObjectNode line, today.p2p.kernel.Address address) {
        return line.put("host", address.host()).put("port", address.port());
    }

    private synchronized void say(ObjectNode line) {
        terminal.say(line.toString());
        terminal.out().flush();
    }
}
