package today.p2p.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One line for each frame and each event of a run: the last ones, a hash of all, and whoever listens. */
final class Trace {
    private static final int KEPT = 40;
    private static final long MILLISECOND = 1_000_000;

    private final LongSupplier clock;
    private final Consumer<String> listener;
    private final Deque<String> last = new ArrayDeque<>();
    private final MessageDigest digest;

    Trace(LongSupplier clock, Consumer<String> listener) {
        this.clock = clock;
        this.listener = listener;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has the SHA-2 family", impossible);
        }
    }

    /** Notes what one node, or the network, did or met with. */
    void line(String who, String what) {
        String line = time() + " " + padded(who) + " " + what;
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
        listener.accept(line);
    }

    /** The newest lines, oldest first. */
    List<String> last() {
        return List.copyOf(last);
    }

    /** A hash of all lines so far; nothing may be added after it. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** Seconds with three digits, in a column of their own. */
    String time() {
        long millis = clock.getAsLong() / MILLISECOND;
        String fraction = Long.toString(1000 + millis % 1000).substring(1);
        return " ".repeat(Math.max(0, 5 - Long.toString(millis / 1000).length())) + millis / 1000 + "." + fraction;
    }

    private static String padded(String name) {
        return name.length() >= 4 ? name : name + "    ".substring(name.length());
    }
}
