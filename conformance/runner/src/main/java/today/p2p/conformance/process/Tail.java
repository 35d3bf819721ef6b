package today.p2p.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The last bytes that a process wrote to stderr: all of it is read, little of it is kept. */
final class Tail {
    private static final int KEPT_BYTES = 8 * 1024;

    private final byte[] ring = new byte[KEPT_BYTES];
    private final Thread reader;
    private long written;

    Tail(InputStream in, String name) {
        reader = new Thread(() -> read(in), name);
        reader.setDaemon(true);
        reader.start();
    }

    /** A place in the output, to be handed to {@link #since}. */
    synchronized long mark() {
        return written;
    }

    /** What was written after the mark, as far as it is kept; undecodable bytes are replaced. */
    synchronized String since(long mark) {
        long from = Math.max(mark, written - KEPT_BYTES);
        byte[] bytes = new byte[(int) (written - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % KEPT_BYTES)];
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return from > mark ? "[...]" + text : text;
    }

    /** Waits until the output has ended: a dying process's last words arrive after its end was seen. */
    void awaitEnd(Duration longest) throws InterruptedException {
        reader.join(Math.max(1, longest.toMillis()));
    }

    private void read(InputStream in) {
        byte[] chunk = new byte[4096];
        try (in) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                keep(chunk, read);
            }
        } catch (IOException e) {
            // The process is gone, and with it the pipe: what was read so far is the tail.
            return;
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % KEPT_BYTES)] = chunk[i];
        }
    }
}
