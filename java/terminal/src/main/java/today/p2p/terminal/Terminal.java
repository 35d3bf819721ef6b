package today.p2p.terminal;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command reads and writes.
 *
 * @param colour whether escape sequences may be printed
 * @param interactive whether a person sits at the input
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean colour, boolean interactive) {

    /** The few colours that are used, each with one meaning. */
    public enum Style {
        GOOD("32"),
        BAD("31"),
        FAINT("2"),
        STRONG("1");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public String paint(Style style, String text) {
        return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Prints a line; the text must hold no control characters of a stranger's (see {@link Readable}). */
    public void say(String line) {
        out.println(line);
    }

    /** Whether standard input and output are a terminal. */
    public static boolean attached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // Since 22 there may be a console without a terminal; the question exists since then as well.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Colours only for a terminal, and never against https://no-color.org. */
    public static boolean mayColour() {
        String no = System.getenv("NO_COLOR");
        return (no == null || no.isEmpty()) && !"dumb".equals(System.getenv("TERM")) && attached();
    }
}
