package today.p2p.conformance;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;

/** Says every few seconds how far a long run is, on stderr; a short run says nothing. */
final class Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    static final Progress SILENT = new Progress(new PrintWriter(Writer.nullWriter()), true);

    private final PrintWriter err;
    private final boolean quiet;
    private String label = "";
    private boolean told;
    private long last = System.nanoTime();

    Progress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    void begin(String label) {
        this.label = label;
        told = false;
        last = System.nanoTime();
    }

    /** A line about what begins now. */
    void say(String text) {
        if (!quiet) {
            err.println(text);
            err.flush();
        }
    }

    void at(int done, int all) {
        long now = System.nanoTime();
        boolean due = now - last > EVERY_NANOS || told && done == all;
        if (!quiet && due) {
            last = now;
            told = done < all;
            err.printf("%s: %d of %d%n", label, done, all);
            err.flush();
        }
    }
}
