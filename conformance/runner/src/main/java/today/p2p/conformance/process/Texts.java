package today.p2p.conformance.process;

import java.time.Duration;
import java.util.Locale;

/** How the console and the reports write durations, numbers of things and signals. */
public final class Texts {
    private Texts() {}

    public static String seconds(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.2f s", seconds);
    }

    public static String count(int number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    /** What a shell means by an exit code above 128, or empty text. */
    public static String signal(int exitCode) {
        return switch (exitCode - 128) {
            case 4 -> "signal 4, SIGILL";
            case 6 -> "signal 6, SIGABRT";
            case 7 -> "signal 7, SIGBUS";
            case 8 -> "signal 8, SIGFPE";
            case 9 -> "signal 9, SIGKILL";
            case 11 -> "signal 11, SIGSEGV";
            case 15 -> "signal 15, SIGTERM";
            default -> "";
        };
    }
}
