package today.p2p.testee;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of bytes out of a stream, none longer than a limit. */
final class Lines {
    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    Lines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line without its end; cut to one byte more than the limit when it is longer; empty at the end. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean begun = false;
        while (from < to || fill()) {
            begun = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, Math.min(end - from, limit + 1 - line.size()));
            from = end + 1;
            if (end < to) {
                break;
            }
        }
        return begun ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }
}
