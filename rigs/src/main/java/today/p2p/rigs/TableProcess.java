package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A process of {@link TableNode} with a heap of its own. */
final class TableProcess implements AutoCloseable {
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;
    private final int port;

    /** Starts it, and waits until it listens. */
    TableProcess(String heap, String... limits) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // Its standard output is for answers alone.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                TableNode.class.getName()));
        command.addAll(Arrays.asList(limits));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(answer());
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Footprint footprint() {
        return new Footprint(process.pid());
    }

    /** Live bytes of its heap. */
    long liveBytes() throws IOException {
        return Long.parseLong(tell("heap"));
    }

    /** Has it do something; its answer. */
    String tell(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    void connect(InetSocketAddress to) throws IOException {
        tell("connect " + to.getPort());
    }

    Figures figures() throws IOException {
        Map<String, Long> figures = new HashMap<>();
        for (String figure : tell("stats").split(" ")) {
            String[] words = figure.split("=");
            figures.put(words[0], Long.valueOf(words[1]));
        }
        return new Figures(figures);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a table has died");
        }
        return line;
    }

    @Override
    public void close() {
        commands.println("quit");
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What a table says of itself. */
    record Figures(Map<String, Long> byName) {
        long of(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }
}
