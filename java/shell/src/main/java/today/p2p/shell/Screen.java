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
public abstract class Screen implements AutoCloseable {
    private Screen() {}

    /**
     * The screen that fits.
     *
     * @param keepsTyped whether a line stays on it when it was typed: a chat shows it again, among those of others
     */
    public static Screen on(Terminal terminal, boolean keepsTyped) {
        try {
            return terminal.interactive() ? new Editor(keepsTyped) : new Plain(terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plain lines, whoever sits there. */
    public static Screen plain(Terminal terminal) {
        return new Plain(terminal);
    }

    /** The next line; null at the end of the input, and when the thread that reads was stopped. */
    abstract @Nullable String read() throws IOException;

    /** Lets {@link #read}, on that thread, return. */
    abstract void stop(Thread reader) throws InterruptedException;

    /** Shows lines in which what strangers wrote is made harmless already. */
    public abstract void show(String lines);

    @Override
    public abstract void close();

    /** What others say appears above the line that is being typed. */
    private static final class Editor extends Screen {
        private final org.jline.terminal.Terminal device;
        private final LineReader editor;
        private volatile boolean stopped;

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
            while (!stopped) {
                try {
                    return editor.readLine("> ");
                } catch (UserInterruptException interrupt) {
                    // As in other shells: it takes back what is typed, and ends the program when there is nothing.
                    stopped |= interrupt.getPartialLine().isEmpty();
                } catch (EndOfFileException end) {
                    stopped = true;
                }
            }
            return null;
        }

        @Override
        void stop(Thread reader) throws InterruptedException {
            // The editor gives the terminal back as it was when its reader goes.
            stopped = true;
            reader.interrupt();
            reader.join(1000);
        }

        @Override
        public void show(String lines) {
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

        /** A pipe cannot be interrupted, and need not be. */
        @Override
        void stop(Thread reader) {}

        @Override
        public synchronized void show(String lines) {
            terminal.say(lines);
            terminal.out().flush();
        }

        @Override
        public void close() {}
    }
}
