package today.p2p.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import today.p2p.terminal.Terminal;

/** One run of the program in this process: what it printed, and its exit code. */
record Run(int status, String out, String err) {

    static Run p2p(String... args) {
        return with(new byte[0], false, args);
    }

    static Run withInput(String input, String... args) {
        return with(input.getBytes(StandardCharsets.UTF_8), false, args);
    }

    static Run with(byte[] input, boolean colour, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input), new PrintWriter(out), new PrintWriter(err), colour, false);
        int status = Main.run(terminal, args);
        terminal.out().flush();
        terminal.err().flush();
        return new Run(status, out.toString(), err.toString());
    }
}
