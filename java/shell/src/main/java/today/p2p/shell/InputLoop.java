package today.p2p.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import today.p2p.terminal.Terminal;

/**
 * Reads lines until one ends the program, a person's input ends, its time is over, or it is interrupted. The end of a
 * pipe or file is none of these, unless it shall be.
 */
public final class InputLoop {
    private final Terminal terminal;
    private final Screen screen;
    private final boolean endsWithInput;
    private final CountDownLatch ends = new CountDownLatch(1);
    private Runnable first = () -> {};

    public InputLoop(Terminal terminal, Screen screen, boolean endsWithInput) {
        this.terminal = terminal;
        this.screen = screen;
        this.endsWithInput = endsWithInput || terminal.interactive();
    }

    /**
     * What is piped in waits until those that are dialled are there, or do not answer: it would be carried out before
     * there is anybody to see it. A person sees who is there.
     */
    public InputLoop awaiting(JoinOptions join, BooleanSupplier there) {
        first = terminal.interactive() ? () -> {} : () -> join.awaitOthers(there);
        return this;
    }

    /**
     * Returns when it is over.
     *
     * @param command carries out a line; false when it ends the program
     * @param interrupted closes what there is, when the program is interrupted
     * @param most for how long; null: without end
     */
    public void run(Predicate<String> command, Runnable interrupted, @Nullable Duration most)
            throws InterruptedException {
        Thread hook = new Thread(interrupted, "p2p-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        Thread reader = new Thread(() -> reads(command), "p2p-input");
        reader.setDaemon(true);
        reader.start();
        if (most == null) {
            ends.await();
        } else {
            ends.await(most.toMillis(), TimeUnit.MILLISECONDS);
        }
        screen.stop(reader);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException anInterruptIsUnderWay) {
            return;
        }
    }

    private void reads(Predicate<String> command) {
        first.run();
        if (!readAll(command) || endsWithInput) {
            ends.countDown();
        }
    }

    /** False when a command has ended it. */
    private boolean readAll(Predicate<String> command) {
        try {
            String line = screen.read();
            while (line != null) {
                if (!command.test(line)) {
                    return false;
                }
                line = screen.read();
            }
        } catch (IOException e) {
            terminal.err().println("standard input cannot be read: " + e.getMessage());
            terminal.err().flush();
        }
        return true;
    }
}
