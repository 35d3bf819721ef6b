package today.p2p.live.toy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;

/** What waits to be written on one link of the toy, and the thread that writes it. Safe for use by several threads. */
final class ToyOutbox {
    private static final int PIECE = 1 << 14;

    private final Socket socket;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private boolean isEnding;
    private boolean isRunning;
    private long waiting;
    private long progress = System.nanoTime();

    /** A frame, how much of it has left, and whether it counts for max-link-queue (LNK-23). */
    private static final class Frame {
        final byte[] bytes;
        final boolean counts;
        final boolean isSplit;
        int left;

        Frame(byte[] bytes, boolean counts, boolean isSplit) {
            this.bytes = bytes;
            this.counts = counts;
            this.isSplit = isSplit;
        }
    }

    ToyOutbox(Socket socket) {
        this.socket = socket;
    }

    /** Takes a frame, if what waits is then at most this, apart from one frame that is larger alone. */
    synchronized boolean add(byte[] bytes, long most, boolean isSplit) {
        boolean another = frames.stream().anyMatch(frame -> !frame.counts);
        Frame frame = new Frame(bytes, bytes.length <= most || another, isSplit);
        long counted = 0;
        for (Frame before : frames) {
            counted += before.counts ? before.bytes.length - before.left : 0;
        }
        if (frame.counts && counted + bytes.length > most) {
            return false;
        }
        progress = waiting == 0 ? System.nanoTime() : progress;
        frames.add(frame);
        waiting += bytes.length;
        notifyAll();
        if (!isRunning) {
            isRunning = true;
            ToyNode.thread(this::write);
        }
        return true;
    }

    synchronized long waiting() {
        return waiting;
    }

    /** Since when no byte has left while some wait; the present when none waits. */
    synchronized long stalledSince() {
        return waiting == 0 ? System.nanoTime() : progress;
    }

    /** Closes the socket: at once, or when what waits is written. */
    void end(boolean atOnce) throws IOException {
        boolean isDone;
        synchronized (this) {
            isEnding = true;
            isDone = atOnce || waiting == 0;
            notifyAll();
        }
        if (isDone) {
            socket.close();
        }
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            for (Frame frame = next(); frame != null; frame = next()) {
                while (frame.left < frame.bytes.length) {
                    boolean isHead = frame.isSplit && frame.left == 0;
                    int piece = isHead ? Wire.HEADER : Math.min(PIECE, frame.bytes.length - frame.left);
                    out.write(frame.bytes, frame.left, piece);
                    Thread.sleep(isHead ? 2 : 0);
                    left(frame, piece);
                }
            }
            socket.close();
        } catch (IOException e) {
            // The reader finds the end of the link, too.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Frame next() throws InterruptedException {
        while (frames.isEmpty() && !isEnding) {
            wait();
        }
        return frames.peek();
    }

    private synchronized void left(Frame frame, int piece) {
        frame.left += piece;
        waiting -= piece;
        progress = System.nanoTime();
        if (frame.left == frame.bytes.length) {
            frames.remove(frame);
        }
    }
}
