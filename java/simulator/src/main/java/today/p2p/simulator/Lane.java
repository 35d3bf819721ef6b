package today.p2p.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;

/**
 * One direction of a connection. Bytes keep their order, arrive late, in pieces cut anywhere, and as many are
 * under way as the window holds; the others wait with the sender.
 */
final class Lane {
    private final Connection connection;
    private final int to;
    private final Conditions conditions;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final Trace trace;

    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final Deque<Piece> flying = new ArrayDeque<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long waitingBytes;
    private long underWay;
    private long offered;
    private long arrived;
    private long notBefore;
    private boolean isPumping;
    private boolean isStalled;
    private boolean isEnding;
    private boolean isEndUnderWay;
    private boolean hasEnded;

    Lane(Connection connection, int to, Network network, long notBefore) {
        this.connection = connection;
        this.to = to;
        conditions = network.conditions();
        schedule = network.schedule();
        random = network.random();
        trace = network.trace();
        this.notBefore = notBefore;
    }

    /** Bytes that the sender has handed over and that have not left. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Takes bytes from the sender; {@code label} says what they are. */
    void write(Bytes bytes, String label) {
        if (isEnding) {
            return;
        }
        waiting.addLast(bytes.asByteBuffer());
        waitingBytes += bytes.length();
        offered += bytes.length();
        marks.addLast(new Mark(offered, label));
        pumpSoon();
    }

    /** The sender ends its direction, after what it wrote or without it. */
    void end(boolean flush) {
        if (!flush) {
            waiting.clear();
            waitingBytes = 0;
        }
        isEnding = true;
        pumpSoon();
    }

    /** Everything that is under way is lost. */
    void drop() {
        waiting.clear();
        waitingBytes = 0;
        flying.clear();
        unread.clear();
        underWay = 0;
        isEnding = true;
        isEndUnderWay = true;
    }

    /** Nothing arrives until it is told otherwise. */
    void stall(boolean stalled) {
        isStalled = stalled;
        wake();
    }

    /** What was held back by the network comes now. */
    void wake() {
        schedule.in(conditions.delay(), this::arrive);
    }

    /** Hands over what has arrived, as far as the receiver takes it. */
    void deliver() {
        End receiver = connection.end(to);
        while (receiver != null && !unread.isEmpty() && receiver.takesBytes()) {
            ByteBuffer chunk = unread.removeFirst();
            underWay -= chunk.remaining();
            pumpSoon();
            receiver.bytes(chunk);
            receiver = connection.end(to);
        }
        if (receiver == null) {
            underWay -= unread.stream().mapToLong(ByteBuffer::remaining).sum();
            unread.clear();
        } else if (unread.isEmpty() && hasEnded) {
            connection.lose(to, "the other side closed");
        }
    }

    private void pumpSoon() {
        if (!isPumping) {
            isPumping = true;
            // After the event of the moment, so that what is written together may travel together.
            schedule.in(0, this::pump);
        }
    }

    private void pump() {
        isPumping = false;
        while (!waiting.isEmpty() && underWay < conditions.window()) {
            int most = (int) Math.min(conditions.window() - underWay, conditions.chunk());
            int size = random.nextInt(4) == 0 ? 1 + random.nextInt(most) : most;
            ByteBuffer piece = take(size);
            underWay += piece.remaining();
            waitingBytes -= piece.remaining();
            fly(new Piece(piece, arrival()));
            End sender = connection.end(1 - to);
            if (sender != null) {
                sender.written(piece.remaining());
            }
        }
        if (isEnding && !isEndUnderWay && waiting.isEmpty()) {
            isEndUnderWay = true;
            fly(new Piece(null, arrival()));
        }
    }

    private ByteBuffer take(int size) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(size, waitingBytes));
        while (piece.hasRemaining()) {
            ByteBuffer first = waiting.getFirst();
            int part = Math.min(piece.remaining(), first.remaining());
            piece.put(first.slice().limit(part));
            first.position(first.position() + part);
            if (!first.hasRemaining()) {
                waiting.removeFirst();
            }
        }
        return piece.flip();
    }

    private long arrival() {
        long jitter = conditions.jitter() == 0 ? 0 : random.nextLong(conditions.jitter() + 1);
        notBefore = Math.max(notBefore, schedule.now() + conditions.delay() + jitter);
        return notBefore;
    }

    private void fly(Piece piece) {
        flying.addLast(piece);
        schedule.at(piece.at, this::arrive);
    }

    private void arrive() {
        while (!flying.isEmpty() && flying.getFirst().at <= schedule.now() && !isStalled && !connection.isCut()) {
            Piece piece = flying.removeFirst();
            if (piece.bytes == null) {
                hasEnded = true;
            } else {
                arrived += piece.bytes.remaining();
                unread.addLast(piece.bytes);
                tellFrames();
                connection.reached(to);
            }
        }
        deliver();
    }

    private void tellFrames() {
        End receiver = connection.end(to);
        while (!marks.isEmpty() && marks.getFirst().end <= arrived) {
            Mark mark = marks.removeFirst();
            if (receiver != null) {
                trace.line(receiver.name(), "<< " + connection.name(1 - to) + " " + mark.label);
            }
        }
    }

    /** Bytes under way, or, without any, the end of the direction. */
    private record Piece(@Nullable ByteBuffer bytes, long at) {}

    /** Up to where a frame goes. */
    private record Mark(long end, String label) {}
}
