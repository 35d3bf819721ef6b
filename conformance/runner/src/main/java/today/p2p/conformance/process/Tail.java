package today.p2p.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The first and the last bytes that a process wrote to stderr: all of it is read, little of it is kept. */
final class Tail {
    private static final int KEPT_BYTES = 8 * 1024;

    private static final int HEAD_BYTES = 2 * 1024;

    private final byte[] ring = new byte[KEPT_BYTES];
    private final byte[] head = new byte[HEAD_BYTES];
    private long headFrom;
    private final Thread reader;
    private long written;

    Tail(InputStream in, String name) {
        reader = new Thread(() -> read(in), name);
        reader.setDaemon(true);
        reader.start();
    }

    /** A place in the output, to be handed to {@link #since}. */
    synchronized long mark() {
        headFrom = written;
        return written;
    }

    /**
     * What was written after the mark, as far as it is kept: the end, and the beginning if the mark is the last one, since
     * some runtimes tell the cause first and some last. Undecodable bytes are replaced.
     */
    synchronized String since(long mark) {
        long from = Math.max(mark, written - KEPT_BYTES);
        byte[] bytes = new byte[(int) (written - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % KEPT_BYTES)];
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (from == mark) {
            return text;
        }
        int first = mark == headFrom ? (int) Math.min(HEAD_BYTES, from - mark) : 0;
        return new String(head, 0, first, StandardCharsets.UTF_8) + "\n[...]\n" + text;
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
            if (written - headFrom < HEAD_BYTES) {
                head[(int) (written - headFrom)] = chunk[i];
            }
            ring[(int) (written++ % KEPT_BYTES)] = chunk[i];
        }
    }
}
