package today.p2p.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import today.p2p.shell.ChatOutput.Look;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;

/** Where a chat reads and writes: a line editor on a terminal, plain lines otherwise. */
abstract class ChatScreen implements AutoCloseable {
    final Terminal terminal;

    private ChatScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The screen that fits. */
    static ChatScreen on(Terminal terminal) {
        try {
            return terminal.interactive() ? new Editor(terminal) : new Plain(terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line; null at the end of the input. */
    abstract @Nullable String read() throws IOException;

    /** Shows a line that holds no control characters. */
    abstract void show(Look look, String line);

    @Override
    public abstract void close() throws IOException;

    String painted(Look look, String line) {
        return switch (look) {
            case SAID -> line;
            case PRIVATE -> terminal.paint(Style.STRONG, line);
            case NOTICE -> terminal.paint(Style.FAINT, line);
            case MISTAKE -> terminal.paint(Style.BAD, line);
        };
    }

    /** With a line editor: what others say appears above the line that is being typed. */
    private static final class Editor extends ChatScreen {
        private final org.jline.terminal.Terminal device;
        private final LineReader editor;

        Editor(Terminal terminal) throws IOException {
            super(terminal);
            device = TerminalBuilder.builder().system(true).build();
            editor = LineReaderBuilder.builder()
                    .terminal(device)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                    .build();
        }

        @Override
        @Nullable
        String read() {
            try {
                return editor.readLine("> ");
            } catch (EndOfFileException | UserInterruptException e) {
                return null;
            }
        }

        @Override
        void show(Look look, String line) {
            editor.printAbove(painted(look, line));
        }

        @Override
        public void close() throws IOException {
            device.close();
        }
    }

    /** For pipes and files. */
    private static final class Plain extends ChatScreen {
        private final BufferedReader lines;

        Plain(Terminal terminal) {
            super(terminal);
            lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        }

        @Override
        @Nullable
        String read() throws IOException {
            return lines.readLine();
        }

        @Override
        synchronized void show(Look look, String line) {
            terminal.say(painted(look, line));
            terminal.out().flush();
        }

        @Override
        public void close() {}
    }
}
