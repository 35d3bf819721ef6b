package today.p2p.conformance.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does, without running one: white space separates, single quotes keep
 * everything, double quotes keep all but {@code \" \\ \$ \`}, a backslash keeps the next character. Nothing is expanded.
 */
public final class Words {
    private Words() {}

    /** Thrown when a quote is not closed or nothing is left to start. */
    public static final class BadCommand extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadCommand(String message) {
            super(message);
        }
    }

    public static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int at = 0; at < command.length(); at++) {
            char next = command.charAt(at);
            if (quote == 0 && Character.isWhitespace(next)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
                continue;
            }
            begun = true;
            if (next == '\\' && escapes(command, at, quote)) {
                word.append(command.charAt(++at));
            } else if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            } else {
                word.append(next);
            }
        }
        if (quote != 0) {
            throw new BadCommand("a quote (" + quote + ") is not closed in: " + command);
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new BadCommand("the command is empty");
        }
        return List.copyOf(words);
    }

    private static boolean escapes(String command, int at, char quote) {
        if (quote == '\'' || at + 1 >= command.length()) {
            return false;
        }
        return quote == 0 || "\"\\$`".indexOf(command.charAt(at + 1)) >= 0;
    }

    /** The text as one word of a shell command line. */
    public static String quote(String text) {
        if (!text.isEmpty() && text.chars().allMatch(Words::isPlain)) {
            return text;
        }
        return text.indexOf('\'') < 0
                ? "'" + text + "'"
                : '"'
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("$", "\\$")
                                .replace("`", "\\`")
                        + '"';
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-_./:=,@%+".indexOf(c) >= 0);
    }
}
