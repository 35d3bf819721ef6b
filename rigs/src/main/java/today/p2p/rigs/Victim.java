package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The node that is tried: a process {@code p2p node} with a heap of its own. */
final class Victim implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");
    private static final Pattern HEAP = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)");
    private static final int MAX_EVENTS = 100_000;

    private final Process process;
    private final PrintWriter commands;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final InetSocketAddress address;

    /** Starts it, and waits until it listens. */
    Victim(String heap, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                "today.p2p.cli.Main",
                "node",
                "--json",
                "--subnet",
                Peerage.SUBNET));
        command.addAll(Arrays.asList(options));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::read, "victim-output");
        reader.setDaemon(true);
        reader.start();
        String listening = await("\"event\":\"listening\"");
        Matcher port = PORT.matcher(listening);
        if (!port.find()) {
            throw new IllegalStateException("no port in " + listening);
        }
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next event that contains a text; those before it are dropped. */
    String await(String part) throws InterruptedException {
        String line = events.poll(30, TimeUnit.SECONDS);
        while (line != null && !line.contains(part)) {
            line = events.poll(30, TimeUnit.SECONDS);
        }
        if (line == null) {
            throw new IllegalStateException("the node did not say " + part + " within 30 s");
        }
        return line;
    }

    /** What the node says of itself, one JSON object. */
    String status() throws InterruptedException {
        events.clear();
        commands.println("status");
        return await("\"event\":\"status\"");
    }

    /** Live bytes of the heap, after a full collection. */
    long liveBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process histogram =
                new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram").start();
        long live = 0;
        try (Stream<String> lines =
                new BufferedReader(new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8)).lines()) {
            for (String line : lines.toList()) {
                Matcher total = HEAP.matcher(line);
                live = total.find() ? Long.parseLong(total.group(1)) : live;
            }
        }
        histogram.waitFor();
        return live;
    }

    /** Threads of the process. */
    int threads() throws IOException {
        return entries("task");
    }

    /** Open descriptors of the process. */
    int descriptors() throws IOException {
        return entries("fd");
    }

    /** Resident memory in bytes. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS of process " + process.pid());
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

    private int entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(process.pid()), folder))) {
            return (int) entries.count();
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                // Nobody waits for most of them: when the list is full, the oldest is of no use any more.
                while (!events.offer(line)) {
                    events.poll();
                }
                line = out.readLine();
            }
        } catch (IOException ended) {
            events.clear();
        }
    }
}
