package today.p2p.serializer;

import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;

/**
 * The fixed part of a message: type, sender, time, and where the payload is (MSG-1 to MSG-7). Reusable, not
 * thread-safe.
 */
final class Envelope {
    private static final int FIXED_ITEMS = 3;

    private final MsgpackReader reader = new MsgpackReader();
    private int senderAt;
    int type;
    long time;
    int payloadAt;
    int payloadItems;

    /** Reads the message at {@code at} in checked msgpack; what is wrong with its shape, or null. */
    @Nullable
    Malformed read(byte[] bytes, int at, int end) {
        reader.reset(bytes, at, end);
        if (reader.kind() != Value.Kind.ARRAY) {
            return new Malformed(ErrorCode.SHAPE, 0, "the message is not an array");
        }
        int items = reader.readArray();
        if (items < FIXED_ITEMS) {
            return new Malformed(ErrorCode.SHAPE, 0, "the message has fewer than 3 items");
        }
        payloadItems = items - FIXED_ITEMS;
        int typeAt = reader.position();
        if (reader.kind() != Value.Kind.INT) {
            return new Malformed(ErrorCode.SHAPE, typeAt - at, "the type is not an integer");
        }
        long number = reader.readLongBits();
        if (number < 0 || number > 255) {
            return new Malformed(ErrorCode.OPCODE, typeAt - at, "the type is not in 0..255");
        }
        type = (int) number;
        return readTime(at);
    }

    /** A reader of the sender alone, in bytes that {@link #read} has read. */
    MsgpackReader sender(byte[] bytes) {
        reader.reset(bytes, senderAt, payloadAt);
        return reader;
    }

    private @Nullable Malformed readTime(int at) {
        senderAt = reader.position();
        Value.Kind sender = reader.kind();
        if (sender != Value.Kind.TEXT && sender != Value.Kind.BINARY) {
            return new Malformed(ErrorCode.SHAPE, senderAt - at, "the sender is neither text nor binary");
        }
        reader.skip();
        int timeAt = reader.position();
        if (reader.kind() != Value.Kind.INT) {
            return new Malformed(ErrorCode.SHAPE, timeAt - at, "the time is not an integer");
        }
        time = reader.readLongBits();
        if (time < 0) {
            return new Malformed(ErrorCode.RANGE, timeAt - at, "the time is not in 0..2^63-1");
        }
        payloadAt = reader.position();
        return null;
    }
}
