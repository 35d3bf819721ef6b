package today.p2p.shell;

import java.time.Duration;
import java.util.Locale;
import today.p2p.terminal.Complaint;

/** Reads a time such as {@code 500ms}, {@code 30s}, {@code 10m} or {@code 2h}. */
final class TimeText {
    private static final Duration LONGEST = Duration.ofDays(365);

    private TimeText() {}

    /** @param option where it was written, such as {@code --for} */
    static Duration read(String option, String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        Duration read;
        try {
            read = words.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(words.substring(0, words.length() - 2)))
                    : Duration.parse("PT" + words);
        } catch (RuntimeException notATime) {
            throw Complaint.usage(option + ": '" + text + "' is not a time: write 500ms, 30s, 10m or 2h");
        }
        if (read.isNegative() || read.isZero() || read.compareTo(LONGEST) > 0) {
            throw Complaint.usage(option + ": '" + text + "' is not between 1 ms and 365 days");
        }
        return read;
    }
}
