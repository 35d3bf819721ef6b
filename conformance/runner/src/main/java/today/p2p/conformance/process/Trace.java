package today.p2p.conformance.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with the testees, whole, for a person: {@code >} lines went to a testee, {@code <} lines came from it,
 * {@code #} lines are remarks. It is flushed line by line. Thread-safe.
 */
public final class Trace implements AutoCloseable {
    /** Keeps nothing. */
    public static final Trace NONE = new Trace(null);

    private final @Nullable OutputStream out;

    private Trace(@Nullable OutputStream out) {
        this.out = out;
    }

    /** Writes to this file, which is made or emptied. */
    public static Trace to(Path file) throws IOException {
        return new Trace(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    void remark(String text) {
        line("# ", text.replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
    }

    /** A request, with or without its LF. */
    void sent(byte[] line) {
        line("> ", line);
    }

    void got(byte[] line) {
        line("< ", line);
    }

    private synchronized void line(String sign, byte[] line) {
        if (out == null) {
            return;
        }
        try {
            out.write(sign.getBytes(StandardCharsets.UTF_8));
            out.write(line);
            if (line.length == 0 || line[line.length - 1] != '\n') {
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the trace", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
