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
import today.p2p.terminal.Terminal;

/**
 * Where a command that goes on reads and writes: a line editor when a person sits at it, plain lines otherwise. Lines
 * are shown by several threads.
 */
abstract class Screen implements AutoCloseable {
    private Screen() {}

    /**
     * The screen that fits.
     *
     * @param keepsTyped whether a line stays on it when it was typed: a chat shows it again, among those of others
     */
    static Screen on(Terminal terminal, boolean keepsTyped) {
        try {
            return terminal.interactive() ? new Editor(keepsTyped) : new Plain(terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line; null at the end of the input, and when the reading thread is interrupted. */
    abstract @Nullable String read() throws IOException;

    /** Shows lines in which what strangers wrote is made harmless already. */
    abstract void show(String lines);

    @Override
    public abstract void close();

    /** What others say appears above the line that is being typed. */
    private static final class Editor extends Screen {
        private final org.jline.terminal.Terminal device;
        private final LineReader editor;

        Editor(boolean keepsTyped) throws IOException {
            device = TerminalBuilder.builder().system(true).build();
            editor = LineReaderBuilder.builder()
                    .terminal(device)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.ERASE_LINE_ON_FINISH, !keepsTyped)
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
        void show(String lines) {
            editor.printAbove(lines);
        }

        @Override
        public void close() {
            try {
                device.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** For pipes and files. */
    private static final class Plain extends Screen {
        private final Terminal terminal;
        private final BufferedReader lines;

        Plain(Terminal terminal) {
            this.terminal = terminal;
            lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        }

        @Override
        @Nullable
        String read() throws IOException {
            return lines.readLine();
        }

        @Override
        synchronized void show(String lines) {
            terminal.say(lines);
            terminal.out().flush();
        }

        @Override
        public void close() {}
    }
}
