package today.p2p.transport.messages;

import java.nio.ByteBuffer;

/** Bytes that came and are not consumed: grown by what has arrived, never by what was announced. */
final class Inbound {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    // Between position and limit lies what is kept.
    private ByteBuffer kept = EMPTY;

    /** All there is, with a chunk that just came; consume from it, then call {@link #keep}. */
    ByteBuffer with(ByteBuffer chunk) {
        if (!kept.hasRemaining()) {
            return chunk;
        }
        append(chunk);
        return kept;
    }

    /** What {@link #with} gave, after something was consumed from it. */
    void keep(ByteBuffer rest) {
        if (rest == kept) {
            if (!kept.hasRemaining()) {
                kept = EMPTY;
            }
        } else if (rest.hasRemaining()) {
            kept = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        } else {
            kept = EMPTY;
        }
    }

    ByteBuffer kept() {
        return kept;
    }

    int size() {
        return kept.remaining();
    }

    private void append(ByteBuffer chunk) {
        int size = kept.remaining() + chunk.remaining();
        if (kept.capacity() - kept.limit() >= chunk.remaining()) {
            int start = kept.position();
            int end = kept.limit();
            kept.limit(end + chunk.remaining()).position(end);
            kept.put(chunk).position(start);
        } else {
            // Twice what is there: what arrived in n bytes is copied in O(n).
            ByteBuffer larger = ByteBuffer.allocate(size > 1 << 29 ? size : 2 * size);
            kept = larger.put(kept).put(chunk).flip();
        }
    }
}
