package today.p2p.report;

/** A text as one word of a POSIX shell's command line. */
final class ShellWord {
    private ShellWord() {}

    /** Single quotes keep everything but themselves; one of those is written as {@code '\''}. */
    static String of(String text) {
        if (!text.isEmpty() && text.chars().allMatch(ShellWord::isPlain)) {
            return text;
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-_./:=,@%+".indexOf(c) >= 0);
    }
}
