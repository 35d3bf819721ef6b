package today.p2p.shell;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import today.p2p.terminal.Terminal;

/** One command that runs, with the person or program at its input and output. */
final class Session implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final StringWriter shown = new StringWriter();
    private final PipedOutputStream typed = new PipedOutputStream();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    Session(Function<Terminal, Callable<Integer>> command, String... options) throws IOException {
        PrintWriter out = new PrintWriter(shown);
        Terminal terminal = new Terminal(new PipedInputStream(typed, 1 << 16), out, out, false, false);
        CommandLine line = new CommandLine(command.apply(terminal))
                .setErr(out)
                .setOut(out)
                .setCaseInsensitiveEnumValuesAllowed(true);
        Thread thread = new Thread(() -> exit.complete(line.execute(options)), "session");
        thread.setDaemon(true);
        thread.start();
    }

    Session type(String line) throws IOException {
        typed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        typed.flush();
        return this;
    }

    /** Waits until a line matches; its first group, if there is one. */
    String until(String regex) {
        Pattern pattern = Pattern.compile("(?m)^" + regex + "$");
        Matcher[] found = new Matcher[1];
        await().atMost(SOON).until(() -> {
            found[0] = pattern.matcher(shown());
            return found[0].find() || exit.isDone() && !exit.isCancelled();
        });
        if (found[0].reset(shown()).find()) {
            return found[0].groupCount() > 0 ? found[0].group(1) : found[0].group();
        }
        throw new AssertionError("ended without " + regex + ":\n" + shown());
    }

    String shown() {
        return shown.toString();
    }

    int exit() throws Exception {
        return exit.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** The end of its input. */
    @Override
    public void close() throws IOException {
        typed.close();
    }
}
