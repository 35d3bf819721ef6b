package today.p2p.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import today.p2p.terminal.Complaint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of this program that goes on, such as {@code p2p node --json}, with the JVM and the class path of this one.
 * Commands are told to it, events awaited from it. For one thread; the process ends with {@link #close}.
 */
public final class P2pProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int MAX_EVENTS = 100_000;
    private static final String END = "";

    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    /** The last two lines of what is no event: what went wrong, and where the help is. */
    private volatile String lastWords = "";

    // Of the reader alone.
    private String lastLine = "";

    private P2pProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param name what to call it when it fails
     * @param javaOptions such as {@code -Xmx256m}
     * @param words the command line behind {@code p2p}; {@code --json} is added
     * @throws Complaint when it cannot be started
     */
    public static P2pProcess start(String name, List<String> javaOptions, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        command.add("--json");
        try {
            return new P2pProcess(
                    name, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw Complaint.missing("a process of this program cannot be started: " + e.getMessage());
        }
    }

    /**
     * The next event of that name; those before it are passed over.
     *
     * @throws Complaint when it does not come within half a minute, or the process ends before
     */
    public JsonNode await(String event) throws InterruptedException {
        return await(List.of(event));
    }

    private JsonNode await(List<String> wanted) throws InterruptedException {
        String event = wanted.get(0);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String line = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw Complaint.missing(name + " did not say '" + event + "' within " + PATIENCE_SECONDS + " s");
            }
            if (line.equals(END)) {
                throw Complaint.missing(name + " ended before it said '" + event + "': " + lastWords);
            }
            JsonNode found = JsonMapper.shared().readTree(line);
            if (wanted.contains(found.path("event").asString())) {
                return found;
            }
        }
    }

    /** Types a line. */
    public void tell(String command) {
        commands.println(command);
    }

    /**
     * Types a line, and waits for what it answers; what was said before is passed over.
     *
     * @throws Complaint also when the answer is that it failed
     */
    public JsonNode ask(String command, String event) throws InterruptedException {
        events.clear();
        if (!process.isAlive()) {
            keep(END);
        }
        tell(command);
        JsonNode answer = await(List.of(event, "failed"));
        if (answer.path("event").asString().equals("failed") && !event.equals("failed")) {
            throw Complaint.missing(name + " could not do '" + command + "': "
                    + answer.path("detail").asString());
        }
        return answer;
    }

    /** Kills it, as a crash would: it can neither say good-bye nor close anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it: kindly, then not. */
    @Override
    public void close() {
        tell("quit");
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(line -> {
                if (line.startsWith("{")) {
                    keep(line);
                } else {
                    lastWords = (lastLine + " " + line).strip();
                    lastLine = line;
                }
            });
        } catch (IOException | UncheckedIOException killed) {
            lastWords = String.valueOf(killed.getMessage());
        }
        keep(END);
    }

    private void keep(String line) {
        // Nobody waits for most of them: when there are too many, the oldest is of no use any more.
        while (!events.offer(line)) {
            events.poll();
        }
    }
}
