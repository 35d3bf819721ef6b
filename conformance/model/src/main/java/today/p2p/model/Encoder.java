package today.p2p.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Makes a message of the fields of a {@code frame.encode} request (MPK-15, FRM-12). */
final class Encoder {

    private Encoder() {}

    static Message message(JsonNode in, Defects defects) {
        Value type = field(in, "type");
        Value sender = field(in, "sender");
        Value time = field(in, "time");
        if (defects.is(Mutant.TIME_ZERO_IS_NOW) && time.equals(Value.Int.of(0))) {
            time = Value.Int.of(Instant.now().getEpochSecond());
        }
        if (!defects.is(Mutant.NONSENSE_SENT)) {
            checkHead(type, sender, time);
        }
        List<Value> payload = new ArrayList<>();
        in.path("payload").forEach(item -> payload.add(Values.read(item)));

        List<Value> items = new ArrayList<>(List.of(type, sender, time));
        items.addAll(payload);
        Writer writer = new Writer(defects);
        writer.write(new Value.Array(items), 1);
        return new Message(number(type).intValue(), sender, number(time), payload, new Bytes(writer.bytes()));
    }

    private static void checkHead(Value type, Value sender, Value time) {
        if (!(type instanceof Value.Int && time instanceof Value.Int)) {
            throw Failure.of(ErrorCode.SHAPE, "MSG-3", "type and time are integers");
        }
        if (number(type).signum() < 0 || number(type).bitLength() > 8) {
            throw Failure.of(ErrorCode.OPCODE, "MPK-15", "the type " + number(type) + " is outside 0..255");
        }
        if (!(sender instanceof Value.Text || sender instanceof Value.Binary)) {
            throw Failure.of(ErrorCode.SHAPE, "MSG-5", "a sender is text or binary");
        }
        if (number(time).signum() < 0 || number(time).compareTo(Limits.MAX_TIME) > 0) {
            throw Failure.of(ErrorCode.RANGE, "MPK-15", "the time " + number(time) + " is outside 0..2^63-1");
        }
    }

    private static BigInteger number(Value value) {
        return value instanceof Value.Int number ? number.value() : BigInteger.ZERO;
    }

    private static Value field(JsonNode in, String name) {
        JsonNode field = in.get(name);
        if (field == null) {
            throw Failure.request("\"" + name + "\" is missing");
        }
        return Values.read(field);
    }
}
