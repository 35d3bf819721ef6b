package today.p2p.runtime.turns;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where exceptions go that nobody else can take: those of callbacks, and defects. A peer may be able to make a
 * callback throw at will, with its own words in the message: one a second is told, and controls are escaped.
 * Safe for use by several threads.
 */
public final class Faults {
    private static final System.Logger LOG = System.getLogger("today.p2p");
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_CHARACTERS = 1000;
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 5;

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong toldAt;

    public Faults() {
        this(System::nanoTime, told -> LOG.log(System.Logger.Level.WARNING, told));
    }

    public Faults(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
        toldAt = new AtomicLong(nanos.getAsLong() - QUIET_NANOS);
    }

    public void report(String what, Throwable fault) {
        count.incrementAndGet();
        long last = toldAt.get();
        long now = nanos.getAsLong();
        if (now - last >= QUIET_NANOS && toldAt.compareAndSet(last, now)) {
            long others = leftOut.getAndSet(0);
            String more = others == 0 ? "" : " (" + others + " more were left out)";
            log.accept(what + more + ": " + text(fault));
        } else {
            leftOut.incrementAndGet();
        }
    }

    /** Something was not done in the time that it had. */
    public void late() {
        count.incrementAndGet();
        LOG.log(System.Logger.Level.INFO, "closing: what took longer than the drain deadline is cut off");
    }

    public long count() {
        return count.get();
    }

    private static String text(Throwable fault) {
        StringBuilder out = new StringBuilder();
        Throwable next = fault;
        for (int cause = 0; next != null && cause <= MOST_CAUSES; cause++) {
            out.append(cause == 0 ? "" : "\ncaused by: ");
            escape(out, describe(next));
            StackTraceElement[] frames = next.getStackTrace();
            for (int frame = 0; frame < Math.min(frames.length, MOST_FRAMES); frame++) {
                out.append("\n\tat ").append(frames[frame]);
            }
            next = next.getCause();
        }
        return out.toString();
    }

    private static String describe(Throwable fault) {
        try {
            return String.valueOf(fault.toString());
        } catch (RuntimeException mute) {
            // It is code of the application that says it.
            return fault.getClass().getName();
        }
    }

    private static void escape(StringBuilder out, String text) {
        text.codePoints().limit(MOST_CHARACTERS).forEach(character -> {
            if (isPlain(character)) {
                out.appendCodePoint(character);
            } else {
                out.append("\\u").append("%04x".formatted(character));
            }
        });
    }

    /** What neither ends a line nor steers a terminal nor turns the direction of writing. */
    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
