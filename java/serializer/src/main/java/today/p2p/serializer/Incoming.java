package today.p2p.serializer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that were not yet read, the first of them the header of a frame. Holds no more than
 * STR-4 allows for a frame that has begun. Not thread-safe.
 */
final class Incoming {
    /*
     * How it works. Small frames lie in one buffer and are read where they lie. A large frame of which half is here gets an
     * array of its own, into which the rest goes, and is never copied again. One above read-buffer of which less is here is
     * gathered in segments, as its bytes arrive, and put together once, when they are all there: at that moment the memory
     * is twice the bytes that arrived. A buffer that grew by doubling would hold three times as many while it is copied.
     */
    private static final int FIRST_CAPACITY = 256;
    private static final int SEGMENT = 16384;
    private static final byte[] NOTHING = {};

    private final Workspace work;
    /** Made for the first large frame. */
    private @Nullable Deque<byte[]> segments;

    private byte[] buffer = NOTHING;
    private int start;
    private int end;
    /** The whole size of the frame in front that is gathered in segments, or 0. */
    private int gathering;

    private int gathered;
    private int roomInLast;
    private byte[] frame = NOTHING;

    Incoming(Workspace work) {
        this.work = work;
    }

    /** How many bytes are there. */
    long size() {
        return (long) gathered + (end - start);
    }

    /** The length that the header in front claims; at least 4 bytes must be there. */
    int length() {
        return gathering > 0 ? Header.length(segments().getFirst(), 0) : Header.length(buffer, start);
    }

    void clear() {
        segments = null;
        buffer = NOTHING;
        frame = NOTHING;
        start = 0;
        end = 0;
        gathering = 0;
        gathered = 0;
    }

    /** Takes all bytes of {@code chunk}. */
    void add(ByteBuffer chunk) {
        gatherAlone(chunk);
        while (gathered < gathering && chunk.hasRemaining()) {
            addToSegments(chunk);
        }
        int length = chunk.remaining();
        if (length > 0) {
            makeRoom(chunk);
            chunk.get(buffer, end, length);
            end += length;
        }
    }

    /** Gives a large frame in front an array of its own, if that may be: the rest of it goes there. */
    private void gatherAlone(ByteBuffer chunk) {
        int held = end - start;
        if (gathering == 0 && (held == 0 || held >= PackedMessage.HEADER)) {
            long whole = held == 0 ? whole(chunk) : whole(Header.length(buffer, start));
            if (isWorthAnArray(whole, (long) held + chunk.remaining())) {
                byte[] own = new byte[(int) whole];
                int here = (int) Math.min(held, whole);
                Pieces.copy(buffer, start, own, 0, here);
                gather(own, here);
                start += here;
                rewind();
            }
        }
    }

    private void gather(byte[] own, int filled) {
        gathering = own.length;
        gathered = filled;
        roomInLast = own.length - filled;
        segments().add(own);
    }

    /** Whether a frame is large and so many bytes allow for an array of its size (STR-4), whatever its header claims. */
    private static boolean isWorthAnArray(long whole, long here) {
        return whole >= SEGMENT && whole <= 2 * here && whole <= here + Limits.READ_BUFFER;
    }

    /** The size of the frame that begins in a chunk; 0 when its header is not all there. */
    private static long whole(ByteBuffer chunk) {
        if (chunk.remaining() < PackedMessage.HEADER) {
            return 0;
        }
        int length = 0;
        for (int index = 0; index < PackedMessage.HEADER; index++) {
            length = (length << 8) | (chunk.get(chunk.position() + index) & 0xff);
        }
        return whole(length);
    }

    private static long whole(int length) {
        return PackedMessage.HEADER + (length & 0xffffffffL);
    }

    /** Prepares for a large frame in front that is not yet whole; {@code length} is that of its body. */
    void expect(int length) {
        int whole = PackedMessage.HEADER + length;
        if (gathering > 0) {
            return;
        }
        if (start == 0 && buffer.length == whole) {
            // Made for it.
            gather(buffer, end);
            buffer = NOTHING;
            end = 0;
        } else if (whole > Limits.READ_BUFFER) {
            gathering = whole;
            gathered = end - start;
            roomInLast = 0;
            segments().add(Arrays.copyOfRange(buffer, start, end));
            start = end;
            rewind();
        }
    }

    /** Nothing more is to be read for now: keeps no more memory than what is left takes, and gives the rest to others. */
    void rest() {
        int left = end - start;
        if (buffer.length > FIRST_CAPACITY && left <= buffer.length / 8) {
            byte[] large = buffer;
            buffer = new byte[Math.max(FIRST_CAPACITY, left)];
            System.arraycopy(large, start, buffer, 0, left);
            start = 0;
            end = left;
            work.giveBuffer(large);
        }
    }

    /** Takes the whole frame in front, whose body is {@code length} bytes; where in {@link #frame} it begins. */
    int take(int length) {
        if (gathering > 0) {
            assemble();
            return 0;
        }
        int at = start;
        frame = buffer;
        start += PackedMessage.HEADER + length;
        if (at == 0 && start == buffer.length && start >= SEGMENT) {
            // It goes on with the frame.
            buffer = NOTHING;
        }
        rewind();
        return at;
    }

    private void rewind() {
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    /** The array that holds the frame taken last; it changes with the next bytes unless it {@link #isOwn}. */
    byte[] frame() {
        return frame;
    }

    /** Whether the array holds the frame taken last and nothing else, and is never written again. */
    boolean isOwn() {
        return frame != buffer && frame.length == PackedMessage.HEADER + Header.length(frame, 0);
    }

    /** Forgets the frame taken last, and gives its buffer to others when nothing is left in it. */
    void release() {
        frame = NOTHING;
        if (end == 0 && buffer != NOTHING) {
            work.giveBuffer(buffer);
            buffer = NOTHING;
        }
    }

    private Deque<byte[]> segments() {
        Deque<byte[]> known = segments;
        if (known == null) {
            known = new ArrayDeque<>(1);
            segments = known;
        }
        return known;
    }

    private void assemble() {
        Deque<byte[]> pieces = segments();
        boolean isAlone = pieces.getFirst().length == gathering;
        byte[] whole = isAlone ? pieces.removeFirst() : new byte[gathering];
        int at = 0;
        while (!pieces.isEmpty()) {
            byte[] segment = pieces.removeFirst();
            int length = Math.min(segment.length, gathering - at);
            Pieces.copy(segment, 0, whole, at, length);
            at += length;
        }
        gathering = 0;
        gathered = 0;
        frame = whole;
    }

    private void addToSegments(ByteBuffer chunk) {
        int missing = gathering - gathered;
        if (roomInLast == 0) {
            roomInLast = Math.min(missing, Math.max(SEGMENT, chunk.remaining()));
            segments().add(new byte[roomInLast]);
        }
        byte[] last = segments().getLast();
        int length = Math.min(roomInLast, chunk.remaining());
        chunk.get(last, last.length - roomInLast, length);
        roomInLast -= length;
        gathered += length;
    }

    private void makeRoom(ByteBuffer chunk) {
        int length = chunk.remaining();
        int used = end - start;
        if (buffer == NOTHING) {
            long whole = whole(chunk);
            buffer = isWorthAnArray(whole, length) && whole > length ? new byte[(int) whole] : work.takeBuffer(length);
        }
        if (buffer.length - end >= length) {
            return;
        }
        byte[] target = buffer;
        // Moving no more than was freed keeps the cost of moving below that of what came in.
        if (start < used || buffer.length - used < length) {
            long wanted = (long) used + length;
            long capacity = Math.max(FIRST_CAPACITY, wanted + Math.min(wanted / 2, Limits.READ_BUFFER));
            target = work.takeBuffer((int) Math.min(wanted, Limits.MAX_ARRAY));
            if (target.length < wanted) {
                target = new byte[(int) Math.min(capacity, Math.max(wanted, Limits.MAX_ARRAY))];
            }
        }
        System.arraycopy(buffer, start, target, 0, used);
        if (target != buffer) {
            work.giveBuffer(buffer);
        }
        buffer = target;
        start = 0;
        end = used;
    }
}
