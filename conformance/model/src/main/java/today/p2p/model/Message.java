package today.p2p.model;

import static today.p2p.model.Failure.message;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;
import tools.jackson.databind.JsonNode;

/** A message and the bare bytes that it came in or goes out as (chapter 3.1). */
record Message(int type, Value sender, BigInteger time, List<Value> payload, Bytes bare) {

    /** Reads a bare message: msgpack first, then what follows it, then the shape (FRM-13). */
    static Message read(byte[] bare, Defects defects, Reader.@Nullable Watcher watcher) {
        Reader reader = new Reader(bare, defects, watcher);
        Value item = reader.read();
        if (reader.position() < bare.length && !defects.is(Mutant.TRAILING_IGNORED)) {
            throw message(ErrorCode.TRAILING, "MPK-10", reader.position(), "$", "bytes follow the message array");
        }
        return shape(items(item, defects), reader, new Bytes(bare), defects);
    }

    private static List<Value> items(Value item, Defects defects) {
        if (item instanceof Value.Array array) {
            return new ArrayList<>(array.items());
        }
        if (defects.is(Mutant.MAP_AS_MESSAGE) && item instanceof Value.Dictionary map) {
            List<Value> items = new ArrayList<>();
            map.entries().forEach(entry -> items.addAll(List.of(entry.key(), entry.value())));
            return items;
        }
        throw message(ErrorCode.SHAPE, "MSG-1", 0, "$", "a message is an array, this is " + Words.of(item));
    }

    private static Message shape(List<Value> items, Reader reader, Bytes bare, Defects defects) {
        if (items.size() == 2 && defects.is(Mutant.TWO_ITEMS_ENOUGH)) {
            items.add(Value.Int.of(0));
        }
        if (items.size() < 3) {
            throw message(ErrorCode.SHAPE, "MSG-2", 0, "$", "a message has 3 items or more, not " + items.size());
        }
        int type = type(items.get(0), reader.fieldStart(0), defects);
        Value sender = items.get(1);
        if (!(sender instanceof Value.Text || sender instanceof Value.Binary || defects.is(Mutant.ANY_SENDER))) {
            int at = reader.fieldStart(1);
            throw message(ErrorCode.SHAPE, "MSG-5", at, "$.sender", "a sender is text or binary, not " + sender.kind());
        }
        BigInteger time = time(items.get(2), reader.fieldStart(2), defects);
        if (items.size() == 3 && defects.is(Mutant.PAYLOAD_REQUIRED)) {
            throw message(ErrorCode.SHAPE, "MSG-7", 0, "$", "there is no payload");
        }
        return new Message(type, sender, time, List.copyOf(items.subList(3, items.size())), bare);
    }

    private static int type(Value item, int at, Defects defects) {
        if (defects.is(Mutant.FLOAT_TYPE) && item instanceof Value.Float64 number) {
            return (int) number.value();
        }
        if (!(item instanceof Value.Int number)) {
            throw message(ErrorCode.SHAPE, "MSG-3", at, "$.type", "a type is an integer, not " + item.kind());
        }
        BigInteger type = number.value();
        if (defects.is(Mutant.TYPE_WRAPS)) {
            return type.intValue() & 0xff;
        }
        if (type.signum() < 0 || type.bitLength() > 8) {
            throw message(ErrorCode.OPCODE, "MSG-4", at, "$.type", "the type " + type + " is outside 0..255");
        }
        return type.intValue();
    }

    private static BigInteger time(Value item, int at, Defects defects) {
        if (defects.is(Mutant.TEXT_TIME)
                && item instanceof Value.Text text
                && text.value().matches("[0-9]{1,18}")) {
            return new BigInteger(text.value());
        }
        if (!(item instanceof Value.Int number)) {
            throw message(ErrorCode.SHAPE, "MSG-6", at, "$.time", "a time is an integer, not " + item.kind());
        }
        BigInteger time = number.value();
        if (time.signum() < 0 && defects.is(Mutant.NEGATIVE_TIME)) {
            return time;
        }
        if (time.signum() < 0 || time.compareTo(Limits.MAX_TIME) > 0) {
            throw message(ErrorCode.RANGE, "MSG-6", at, "$.time", "the time " + time + " is outside 0..2^63-1");
        }
        return time;
    }

    /** The message id: the checksum (FRM-4). */
    String id() {
        return new Bytes(Bytes.digest("SHA-256", bare.array)).hex();
    }

    /** Whether this is the first message of a link: a whisper of sub-flag 5 with 5 items (opcodes.csv, CMP-12). */
    boolean isHandshake() {
        return type == 2 && payload.size() == 5 && payload.get(0).equals(Value.Int.of(5));
    }

    /** Makes a message of the fields of a {@code frame.encode} request (MPK-15, FRM-12). */
    static final class Encoder {

        private Encoder() {}

        static Message message(JsonNode in, Defects defects) {
            Value type = field(in, "type");
            Value sender = field(in, "sender");
            Value time = field(in, "time");
            List<Value> payload = new ArrayList<>();
            in.path("payload").forEach(item -> payload.add(Values.read(item)));
            if (defects.is(Mutant.TIME_ZERO_IS_NOW) && time.equals(Value.Int.of(0))) {
                time = Value.Int.of(Instant.now().getEpochSecond());
            }
            if (defects.is(Mutant.PAYLOAD_CHECKED_FIRST)) {
                payload.forEach(item -> new Writer(defects).write(item, 2));
            }
            if (!defects.is(Mutant.NONSENSE_SENT)) {
                checkHead(type, sender, time, defects);
            }
            List<Value> items = new ArrayList<>(List.of(type, sender, time));
            items.addAll(payload);
            Writer writer = new Writer(defects);
            writer.write(new Value.Array(items), 1);
            return new Message(number(type).intValue(), sender, number(time), payload, new Bytes(writer.bytes()));
        }

        // MPK-19: type, sender, time; of each its kind first (MPK-18).
        private static void checkHead(Value type, Value sender, Value time, Defects defects) {
            checkType(type, defects);
            if (defects.is(Mutant.TIME_CHECKED_FIRST)) {
                checkTime(time, defects);
            }
            if (!(sender instanceof Value.Text || sender instanceof Value.Binary)) {
                throw Failure.of(ErrorCode.SHAPE, "MPK-18", "a sender is text or binary");
            }
            new Writer(defects).write(sender, 2);
            checkTime(time, defects);
        }

        private static void checkType(Value type, Defects defects) {
            if (!(type instanceof Value.Int) && !defects.is(Mutant.ANY_KIND_SENT)) {
                throw Failure.of(ErrorCode.SHAPE, "MPK-18", "a type is an integer");
            }
            if (number(type).signum() < 0 || number(type).bitLength() > 8) {
                throw Failure.of(ErrorCode.OPCODE, "MPK-15", "the type " + number(type) + " is outside 0..255");
            }
        }

        private static void checkTime(Value time, Defects defects) {
            if (!(time instanceof Value.Int) && !defects.is(Mutant.ANY_KIND_SENT)) {
                throw Failure.of(ErrorCode.SHAPE, "MPK-18", "a time is an integer");
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
}
