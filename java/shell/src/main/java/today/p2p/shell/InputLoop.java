package today.p2p.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import today.p2p.terminal.Terminal;

/**
 * Reads commands until one ends the program, a person's input ends, its time is over, or it is interrupted. The end of a
 * pipe or file is none of these.
 */
final class InputLoop {
    private final Terminal terminal;
    private final CountDownLatch ends = new CountDownLatch(1);

    InputLoop(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Returns when it is over.
     *
     * @param command carries out a line; false when it ends the program
     * @param close ends the network; also called by an interrupt
     * @param most for how long; null: without end
     */
    void run(Predicate<String> command, Runnable close, @Nullable Duration most) throws InterruptedException {
        Thread interrupted = new Thread(close, "p2p-interrupt");
        Runtime.getRuntime().addShutdownHook(interrupted);
        Thread reader = new Thread(() -> reads(command), "p2p-input");
        reader.setDaemon(true);
        reader.start();
        if (most == null) {
            ends.await();
        } else {
            ends.await(most.toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException anInterruptIsUnderWay) {
            return;
        }
    }

    private void reads(Predicate<String> command) {
        if (!readAll(command) || terminal.interactive()) {
            ends.countDown();
        }
    }

    /** False when a command has ended it. */
    private boolean readAll(Predicate<String> command) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        try {
            String line = lines.readLine();
            while (line != null) {
                if (!command.test(line)) {
                    return false;
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            terminal.err().println("standard input cannot be read: " + e.getMessage());
            terminal.err().flush();
        }
        return true;
    }
}
