package today.p2p.testee;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One link in the course of time (LNK-8, LNK-20 to LNK-22, LNK-24, LNK-26). */
final class TimeOperations {
    private static final long LINK = 1;
    private static final NodeId SOMEBODY = Cast.extra(1);
    private static final NodeId OWN = Cast.extra(2);
    /** A sub-flag without a name: ignored (LNK-14). */
    private static final Value UNNAMED = Value.of(0x12);

    private final Scene scene = new Scene(Cast.self(OWN), NodeLimits.DEFAULT);
    private final ByteBuffer large = frameOf60000();

    private TimeOperations() {}

    private static ByteBuffer frameOf60000() {
        Message message = Cast.message(Opcode.WHISPER, SOMEBODY, UNNAMED, Value.of(Bytes.of(new byte[59_900])));
        int rest = 60_004 - Scene.frame(message).length();
        Value fill = Value.of(Bytes.of(new byte[59_900 + rest]));
        return Scene.frame(Cast.message(Opcode.WHISPER, SOMEBODY, UNNAMED, fill))
                .asByteBuffer();
    }

    static ObjectNode times(Request in) {
        TimeOperations run = new TimeOperations();
        run.scene.up(LINK, "203.0.113.9", OptionalLong.empty());
        for (Request step : in.inners("steps")) {
            run.scene.passTo(step.number("at"));
            run.act(step);
        }
        run.scene.passTo(in.number("until"));
        return run.answer();
    }

    private ObjectNode answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode pings = answer.putArray("pings");
        ArrayNode pongs = answer.putArray("pongs");
        for (Scene.Written sent : scene.written) {
            Message message = scene.decoded(sent.frame());
            if (Cast.is(message, Opcode.WHISPER, Opcode.PING)) {
                pings.add(sent.atMillis());
            } else if (Cast.is(message, Opcode.WHISPER, Opcode.PONG)) {
                pongs.add(sent.atMillis());
            }
        }
        if (scene.closed.isEmpty()) {
            return answer.putNull("closed").putNull("err");
        }
        Scene.Closed closed = scene.closed.get(0);
        return answer.put("closed", closed.atMillis()).put("err", LinkOperations.code(closed.reason()));
    }

    private void act(Request step) {
        switch (step.text("do")) {
            case "handshake" -> scene.greet(LINK, SOMEBODY, new Address("203.0.113.9", 1), Value.of(List.of()));
            case "message" -> scene.receive(LINK, Cast.message(Opcode.WHISPER, SOMEBODY, UNNAMED));
            case "ping" -> scene.receive(LINK, Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(3)));
            case "pong" -> scene.receive(LINK, Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(4)));
            case "begin" -> part(0, (int) step.number("bytes"));
            case "more" -> part(large.limit(), (int) step.number("bytes"));
            case "end" -> part(large.limit(), large.capacity() - large.limit());
            case "claim" -> scene.receive(LINK, ByteBuffer.allocate(4).putInt(0, (int) step.number("bytes")));
            case "wait" -> {
                scene.setDrains(false);
                scene.call(new Call.Whisper(1, SOMEBODY.bytes(), 0x40, List.of(Value.of("x")), false));
            }
            case "leave" -> scene.leave(LINK, 1);
            case "empty" -> {
                scene.leave(LINK, Integer.MAX_VALUE);
                scene.setDrains(true);
            }
            default -> throw new IllegalArgumentException("no step is called " + step.text("do"));
        }
    }

    private void part(int from, int length) {
        large.limit(from + length).position(from);
        scene.receive(LINK, large.slice());
    }

    static ObjectNode rate(Request in) {
        Scene scene = new Scene(Cast.self(OWN), Scene.limits(in));
        Cast.open(scene, LINK, SOMEBODY, Value.of(List.of()));
        // Long enough for the handshake, which is a message, to be forgotten.
        long start = 100_000;
        Message message = Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(0x40));
        List<Request> arrivals = in.inners("arrive");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode read = answer.putArray("read");
        int next = 0;
        for (long by : in.longs("by")) {
            while (next < arrivals.size() && arrivals.get(next).number("at") <= by) {
                scene.passTo(start + arrivals.get(next).number("at"));
                for (long count = arrivals.get(next).number("count"); count > 0; count--) {
                    scene.receive(LINK, message);
                }
                next++;
            }
            scene.passTo(start + by);
            read.add(scene.all(Effect.Deliver.class).size());
        }
        return answer;
    }
}
