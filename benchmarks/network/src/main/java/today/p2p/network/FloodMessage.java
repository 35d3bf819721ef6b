package today.p2p.network;

import java.nio.ByteBuffer;

/** What a flood carries: a number that makes it unlike all others, when it was sent, who waits for it. */
final class FloodMessage {
    private static final int SENT_AT = 8;
    private static final int SLOT = 16;

    private final ByteBuffer template;
    private long number;

    FloodMessage(int bytes) {
        template = RawFrames.payload(bytes);
    }

    /** The next one, in memory of its own. */
    byte[] next(long sentAt, int slot) {
        template.putLong(0, number++).putLong(SENT_AT, sentAt).putInt(SLOT, slot);
        return template.array().clone();
    }

    static long sentAt(byte[] array, int offset) {
        return ByteBuffer.wrap(array).getLong(offset + SENT_AT);
    }

    static int slot(byte[] array, int offset) {
        return ByteBuffer.wrap(array).getInt(offset + SLOT);
    }
}
