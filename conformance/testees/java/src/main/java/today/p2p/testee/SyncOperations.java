package today.p2p.testee;

import java.util.List;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncNews;
import today.p2p.sync.TableEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What messages make of a Sync Table (chapter 14). */
final class SyncOperations {
    private static final LinkId LINK = new LinkId(1);
    private static final Address NOWHERE = new Address("192.0.2.1", 0);

    private SyncOperations() {}

    static ObjectNode play(Request in) {
        NodeId own = IdOperations.meaning(NodeId.read(in.byteString("own").bytes()));
        NodeId peer = IdOperations.meaning(NodeId.read(in.byteString("peer").bytes()));
        ProtocolId network = ProtocolId.of("sync", Encryption.PLAINTEXT);
        Self self = new Self(own, network, Dialect.UNIVERSAL, NOWHERE, List.of());
        Replica replica = new Replica(self, in.flag("leasing"), NodeLimits.DEFAULT);
        replica.joined(LINK, new Handshake(peer, NOWHERE, List.of(), List.of()), false, new Time(0, 0));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode did = answer.putArray("did");
        in.inners("steps").forEach(step -> did.add(did(step, replica)));
        ArrayNode entries = answer.putArray("entries");
        replica.entries().values().forEach(entry -> entries.add(describe(entry)));
        return answer;
    }

    private static String did(Request step, Replica replica) {
        List<Value> payload = ((Value.Array) step.value("payload")).items();
        int type = (int) step.number("type");
        Frame frame = frame(new Message(type, step.byteString("sender"), step.number("time"), payload));
        int subFlag = (int) ((Value.Int) payload.get(0)).longValue();
        Event.Received message = new Event.Received(LINK, frame, type, subFlag, payload.size(), step.number("time"));
        for (TableEffect effect : replica.received(message, new Time(0, step.number("now")))) {
            if (effect instanceof TableEffect.Perform perform && perform.effect() instanceof Effect.TellTable told) {
                return told.news() instanceof SyncNews.Deleted ? "delete" : "update";
            }
        }
        return "none";
    }

    private static Frame frame(Message message) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        Decoded decoded =
                decoder.decode(PackedMessage.of(message, Limits.DEFAULT).frameFor(null));
        return ((Decoded.Complete) decoded).frame();
    }

    private static ObjectNode describe(TableEntry entry) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        described.set("key", Notation.write(Value.of(entry.key())));
        described.set("value", Notation.write(entry.value()));
        described.set("owner", Notation.write(entry.owner()));
        described.set("time", Notation.write(Value.of(entry.time())));
        return described;
    }
}
