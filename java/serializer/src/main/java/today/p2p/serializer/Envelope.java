package today.p2p.serializer;

import org.jspecify.annotations.Nullable;

/**
 * The fixed part of a message: type, sender, time, and where the payload is (MSG-1 to MSG-7). Reusable, not
 * thread-safe.
 */
final class Envelope {
    private static final int FIXED_ITEMS = 3;

    private final Token token = new Token();
    final Token sender = new Token();
    int type;
    long time;
    int payloadAt;
    int payloadItems;

    /** Reads the message at {@code at} in checked msgpack; what is wrong with its shape, or null. */
    @Nullable
    Malformed read(byte[] bytes, int at) {
        token.read(bytes, at);
        if (token.kind() != Value.Kind.ARRAY) {
            return new Malformed(ErrorCode.SHAPE, 0, "the message is not an array");
        }
        if (token.length < FIXED_ITEMS) {
            return new Malformed(ErrorCode.SHAPE, 0, "the message has fewer than 3 items");
        }
        payloadItems = token.length - FIXED_ITEMS;
        int typeAt = token.next;
        token.read(bytes, typeAt);
        if (token.kind() != Value.Kind.INT) {
            return new Malformed(ErrorCode.SHAPE, typeAt - at, "the type is not an integer");
        }
        if (token.number < 0 || token.number > 255) {
            return new Malformed(ErrorCode.OPCODE, typeAt - at, "the type is not in 0..255");
        }
        type = (int) token.number;
        return readTime(bytes, at, token.next);
    }

    private @Nullable Malformed readTime(byte[] bytes, int at, int senderAt) {
        sender.read(bytes, senderAt);
        if (sender.kind() != Value.Kind.TEXT && sender.kind() != Value.Kind.BINARY) {
            return new Malformed(ErrorCode.SHAPE, senderAt - at, "the sender is neither text nor binary");
        }
        int timeAt = sender.next;
        token.read(bytes, timeAt);
        if (token.kind() != Value.Kind.INT) {
            return new Malformed(ErrorCode.SHAPE, timeAt - at, "the time is not an integer");
        }
        if (token.number < 0) {
            return new Malformed(ErrorCode.RANGE, timeAt - at, "the time is not in 0..2^63-1");
        }
        time = token.number;
        payloadAt = token.next;
        return null;
    }
}
