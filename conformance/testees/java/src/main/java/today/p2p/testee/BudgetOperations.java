package today.p2p.testee;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Links without a node, which share its budgets of bytes (LNK-23, LNK-25, LNK-28). */
final class BudgetOperations {
    private static final Self SELF = Cast.self(Cast.extra(1));
    private static final NodeId PEER = Cast.extra(2);
    private static final Address REMOTE = new Address("203.0.113.9", 4444);
    private static final Time NOW = new Time(0, Scene.WALL);
    private static final Value APPLICATION = Value.of(0x40);
    private static final int[] BINARY_HEADS = {2, 3, 5};

    private final NodeLimits limits;
    private final QueueBudget queue;
    private final Intake.All unhandled;
    private final Map<Long, Party> parties = new TreeMap<>();

    private BudgetOperations(Request in) {
        limits = Scene.limits(in);
        queue = new QueueBudget(limits);
        unhandled = new Intake.All(limits);
    }

    static ObjectNode queue(Request in) {
        BudgetOperations node = new BudgetOperations(in);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode closed = answer.putArray("closed");
        for (Request step : in.inners("steps")) {
            Link link = node.party(step).link;
            if (step.text("do").equals("send")) {
                link.send(PackedMessage.of(message(step.number("bytes")), Limits.DEFAULT), false, NOW);
            } else {
                link.written(step.number("bytes"), NOW);
            }
            closed.add(link.state() == LinkState.CLOSED);
        }
        return answer;
    }

    static ObjectNode unhandled(Request in) {
        BudgetOperations node = new BudgetOperations(in);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode read = answer.putArray("read");
        for (Request step : in.inners("steps")) {
            Party party = node.party(step);
            long bytes = step.number("bytes");
            if (step.text("do").equals("come")) {
                // The rest of what it counts is ours to say.
                party.take(frame(message(bytes - party.overhead())));
            } else {
                party.intake.handled(bytes);
                node.parties.values().forEach(Party::readOn);
            }
            read.add(party.read.size());
        }
        return answer;
    }

    private Party party(Request step) {
        return parties.computeIfAbsent(step.number("link"), Party::new);
    }

    private static ByteBuffer frame(Message message) {
        return Scene.frame(message).asByteBuffer();
    }

    /** A message whose frame has so many bytes. */
    private static Message message(long bytes) {
        for (List<Value> more : List.of(List.<Value>of(), List.<Value>of(Value.of(1)))) {
            long rest = bytes - Scene.frame(message(0, more)).length() + BINARY_HEADS[0];
            for (int head : BINARY_HEADS) {
                Message message = message((int) rest - head, more);
                if (Scene.frame(message).length() == bytes) {
                    return message;
                }
            }
        }
        throw new IllegalArgumentException("no frame has " + bytes + " bytes");
    }

    private static Message message(int filling, List<Value> more) {
        List<Value> payload = new ArrayList<>(List.of(APPLICATION, Value.of(Bytes.of(new byte[filling]))));
        payload.addAll(more);
        return Cast.message(Opcode.WHISPER, PEER, payload);
    }

    /** An open link on which nothing waits. */
    private final class Party {
        final Intake intake = new Intake(unhandled, limits);
        final List<Event.Received> read = new ArrayList<>();
        final Link link;

        Party(long number) {
            link = new Link(new LinkId(number), SELF, limits, queue, intake, NOW);
            link.start(REMOTE, OptionalLong.empty(), NOW);
            Value id = Value.text(PEER.bytes());
            Value network = Value.of(SELF.protocol().bytes());
            List<Value> handshake = List.of(Value.of(5), id, network, REMOTE.toValue(), Value.of(List.of()));
            take(frame(Cast.message(Opcode.WHISPER, PEER, handshake)));
            link.written(link.queuedBytes(), NOW);
        }

        /** How much more a message counts than its frame has bytes. */
        long overhead() {
            Party other = new BudgetOperations(new Request(JsonNodeFactory.instance.objectNode())).new Party(1);
            Bytes frame = Scene.frame(message(1000));
            other.take(frame.asByteBuffer());
            return Intake.weight(other.read.get(0)) - frame.length();
        }

        void take(ByteBuffer chunk) {
            note(link.received(chunk, NOW));
        }

        void readOn() {
            if (link.isHeld() && intake.isLow()) {
                note(link.resume(NOW));
            }
        }

        private void note(List<LinkOutput> outputs) {
            for (LinkOutput output : outputs) {
                if (output instanceof LinkOutput.Tell told && told.event() instanceof Event.Received received) {
                    read.add(received);
                }
            }
        }
    }
}
