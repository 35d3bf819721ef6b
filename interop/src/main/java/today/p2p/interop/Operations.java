package today.p2p.interop;

import java.util.ArrayList;
import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.Peer;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the scenes ask of a peer, done by a network of the library. */
final class Operations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WHISPER = Opcode.WHISPER.number();

    private final MeshNetwork network;
    private final Inbox inbox;

    Operations(MeshNetwork network, Inbox inbox) {
        this.network = network;
        this.inbox = inbox;
    }

    /**
     * Performs an operation.
     *
     * @throws java.util.concurrent.CompletionException when the network refuses it
     */
    JsonNode perform(String name, JsonNode in) {
        return switch (name) {
            case "node.connect" -> connect(in);
            case "node.disconnect" -> disconnect(in);
            case "node.broadcast" ->
                sent(network.broadcastValues(Opcode.BROADCAST.number(), packets(in))
                        .join());
            case "node.whisper" -> whisper(Bytes.ofUtf8(in.path("to").asString()), in);
            case "node.reply" -> whisper(author(in), in);
            case "node.messages" -> messages();
            case "node.state" -> state();
            default -> throw new IllegalArgumentException(name + " is no operation of this peer");
        };
    }

    private ObjectNode connect(JsonNode in) {
        Peer peer = network.connect(in.path("host").asString(), in.path("port").asInt())
                .join();
        return JSON.objectNode().put("id", peer.id().text());
    }

    private ObjectNode disconnect(JsonNode in) {
        NodeId peer =
                NodeId.read(Bytes.ofUtf8(in.path("id").asString())).value().orElseThrow();
        network.disconnect(peer).join();
        return JSON.objectNode();
    }

    private ObjectNode whisper(Bytes to, JsonNode in) {
        return sent(network.whisperValues(to, WHISPER, packets(in)).join());
    }

    private Bytes author(JsonNode in) {
        Message message = inbox.find(in.path("to").asString()).orElseThrow();
        return Bytes.ofUtf8(message.sender());
    }

    private ArrayNode messages() {
        ArrayNode list = JSON.arrayNode();
        for (Message message : inbox.take()) {
            list.addObject()
                    .put("id", message.id().hex())
                    .put("type", message.subFlag())
                    .put("sender", message.sender())
                    .put("time", message.time().getEpochSecond())
                    .set("packets", Notation.array(message.values()));
        }
        return list;
    }

    private ObjectNode state() {
        ObjectNode state = JSON.objectNode().put("id", network.id().text());
        ArrayNode peers = state.putArray("peers");
        for (Peer peer : network.peers()) {
            peers.addObject()
                    .put("id", peer.id().text())
                    .put("host", peer.address().host())
                    .put("port", peer.address().port());
        }
        return state.put("links", network.status().links());
    }

    private static ObjectNode sent(MeshNetwork.Sent sent) {
        return JSON.objectNode().put("id", sent.id().hex()).put("sent", sent.links());
    }

    private static List<Value> packets(JsonNode in) {
        List<Value> packets = new ArrayList<>();
        in.path("packets").forEach(packet -> packets.add(Notation.read(packet)));
        return packets;
    }
}
