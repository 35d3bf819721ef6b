package today.p2p.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A peer that writes one message after another until the other side takes no more. */
final class Flood {
    private static final long MOST = 1 << 26;
    private static final long LOOK_MS = 20;
    private static final long MOST_A_LOOK = TimeUnit.MILLISECONDS.toNanos(2 * LOOK_MS);

    private final RawLink link;
    private final IntFunction<byte[]> frames;
    private volatile long written;
    private volatile int number;
    private volatile boolean isOver;
    private volatile boolean isClosed;

    /** @param frames by their numbers from 0 on; called on another thread */
    Flood(RawLink link, IntFunction<byte[]> frames) {
        this.link = link;
        this.frames = frames;
    }

    /**
     * Writes until for so long nothing more could be written. The frame that is under way then is the last one, and goes on
     * when the other side does.
     *
     * @return its number
     */
    int untilStill(Step step, Duration still) throws Mismatch, InterruptedException {
        Thread writer = new Thread(this::write, "flood " + link.name);
        writer.setDaemon(true);
        writer.start();
        long before = -1;
        long looked = System.nanoTime();
        long quiet = 0;
        while (quiet < still.toNanos()) {
            if (isClosed) {
                throw Mismatch.of("CLOSED", step + ": the link was closed", "it stays", "closed");
            }
            if (written > MOST) {
                isOver = true;
                throw Mismatch.of("TAKEN", step + ": it took all that came", "a stop", written + " bytes");
            }
            // A look that comes late tells of a busy machine, on which those who write and read are late, too.
            long now = System.nanoTime();
            quiet = written == before ? quiet + Math.min(now - looked, MOST_A_LOOK) : 0;
            looked = now;
            before = written;
            Thread.sleep(LOOK_MS);
        }
        isOver = true;
        return number;
    }

    private void write() {
        for (int next = 0; !isOver && !isClosed; next++) {
            number = next;
            byte[] frame = frames.apply(next);
            isClosed = !link.write(frame);
            written += frame.length;
        }
    }
}
