package today.p2p.msgpack;

import java.nio.BufferOverflowException;
import java.security.MessageDigest;
import java.util.Arrays;

/** An array of the caller that is filled, or one of its own that grows. Not thread-safe. */
abstract class Buffer {
    /** Headroom below the largest Java array, so that sums of a length and a header do not overflow. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 1024;

    /*
     * One copy of 4096 bytes or more slows the SHA-256 that follows it by an eighth on the processors that
     * were measured; the same bytes in smaller pieces do not.
     */
    private static final int PIECE = 2048;

    private static final int FIRST_CAPACITY = 512;
    private static final int KEPT_CAPACITY = 65536;

    /** A message may hold on to so much more than its bytes: one part in so many. */
    private static final int SPARE_PARTS = 16;

    private byte[] own = {};
    byte[] bytes = own;
    int at;
    private boolean isOwn;
    boolean isBroken;

    /** Writes into {@code target} from {@code from} on. */
    final void into(byte[] target, int from) {
        bytes = target;
        at = from;
        isOwn = false;
        isBroken = false;
    }

    /** Writes into the array of its own, from its start on. */
    final void intoOwn() {
        bytes = own;
        at = 0;
        isOwn = true;
        isBroken = false;
    }

    /** Lets go of the array, and of the memory that a large message took. */
    final void releaseArray() {
        own = own.length > KEPT_CAPACITY ? new byte[0] : own;
        bytes = own;
    }

    /**
     * The array, of which {@code used} bytes are, when it would be let go of and is hardly longer than these; otherwise a
     * copy. Nobody else changes what is returned.
     */
    final byte[] takeArray(int used) {
        byte[] taken = bytes;
        boolean isGiven = isOwn && taken.length > KEPT_CAPACITY && taken.length - used <= used / SPARE_PARTS;
        if (isGiven) {
            own = new byte[0];
        } else {
            taken = new byte[used];
            for (int done = 0; done < used; done += PIECE) {
                System.arraycopy(bytes, done, taken, done, Math.min(PIECE, used - done));
            }
        }
        releaseArray();
        return taken;
    }

    /** Whether an item was refused when a part of it may have been written. */
    final boolean isBroken() {
        return isBroken;
    }

    final byte[] bytes() {
        return bytes;
    }

    final int at() {
        return at;
    }

    /** Leaves room for bytes that are filled in later. */
    final void skip(int length) {
        reserve(length);
        at += length;
    }

    /** Makes sure that {@code length} more bytes fit. */
    final void reserve(int length) {
        if (bytes.length - at < length) {
            grow(length);
        }
    }

    /** Bytes without a header. */
    final void putBytes(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, at, length);
        at += length;
    }

    /** As {@link #putBytes}, adding what was copied to {@code digest} while it is in the cache. */
    final void putAndHash(byte[] source, int from, int length, MessageDigest digest) {
        reserve(length);
        for (int done = 0; done < length; done += PIECE) {
            int piece = Math.min(PIECE, length - done);
            System.arraycopy(source, from + done, bytes, at, piece);
            digest.update(bytes, at, piece);
            at += piece;
        }
    }

    private void grow(int length) {
        isBroken = true;
        if (!isOwn) {
            throw new BufferOverflowException();
        }
        long wanted = Math.max((long) at + length, Math.max(FIRST_CAPACITY, 2L * bytes.length));
        if (at + (long) length > MAX_ARRAY) {
            throw new NotEncodableException(ErrorCode.LIMIT, "a message above 2^31-1025 bytes");
        }
        own = Arrays.copyOf(bytes, (int) Math.min(wanted, MAX_ARRAY));
        bytes = own;
        isBroken = false;
    }
}
