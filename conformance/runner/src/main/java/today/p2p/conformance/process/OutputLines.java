package today.p2p.conformance.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a process prints, read on a thread of its own, so that waiting for one can end. Memory is bounded: a
 * line that is too long is cut and marked, and a process that prints without end is made to wait.
 */
final class OutputLines {
    private static final int WAITING_LINES = 8;

    private final InputStream in;
    private final int maxBytes;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final Thread reader;

    /** What a line can be. */
    enum Sort {
        WHOLE,
        TOO_LONG,
        /** The output ended; the bytes are what came after the last LF. */
        END
    }

    /** A line without its LF. */
    record Line(Sort sort, byte[] bytes) {}

    OutputLines(InputStream in, int maxBytes, String name) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** The next line, or null if none came in time. */
    @Nullable
    Line next(Duration deadline) throws InterruptedException {
        return lines.poll(Math.max(0, deadline.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Lets the thread go when nobody will read any more. */
    void stop() {
        reader.interrupt();
    }

    private void read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        try (in) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                take(chunk, read, line);
            }
            lines.put(new Line(Sort.END, line.toByteArray()));
        } catch (IOException e) {
            endQuietly(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(byte[] chunk, int length, ByteArrayOutputStream line) throws InterruptedException, IOException {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (chunk[at] == '\n') {
                append(line, chunk, from, at);
                lines.put(new Line(Sort.WHOLE, line.toByteArray()));
                line.reset();
                from = at + 1;
            }
        }
        append(line, chunk, from, length);
    }

    private void append(ByteArrayOutputStream line, byte[] chunk, int from, int to)
            throws InterruptedException, IOException {
        if (line.size() + to - from > maxBytes) {
            lines.put(new Line(Sort.TOO_LONG, line.toByteArray()));
            throw new IOException("a line is too long");
        }
        line.write(chunk, from, to - from);
    }

    /** The pipe broke, because the process was ended or because it is not read any further. */
    private void endQuietly(ByteArrayOutputStream line) {
        if (!lines.offer(new Line(Sort.END, line.toByteArray()))) {
            reader.interrupt();
        }
    }
}
