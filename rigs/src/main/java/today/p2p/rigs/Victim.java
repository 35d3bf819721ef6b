package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import today.p2p.cli.P2pProcess;

/** The node that is tried: a process {@code p2p node} with a heap of its own. */
final class Victim implements AutoCloseable {
    private static final Pattern HEAP = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)");

    private final P2pProcess process;
    private final InetSocketAddress address;

    /** Starts it, and waits until it listens. */
    Victim(String heap, String... options) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("node", "--subnet", Peerage.SUBNET));
        words.addAll(List.of(options));
        process = P2pProcess.start("the node", List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"), words);
        address = new InetSocketAddress(
                "127.0.0.1", process.await("listening").path("port").asInt());
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the node says of itself, one JSON object. */
    String status() throws InterruptedException {
        return process.ask("status", "status").toString();
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
        process.close();
    }

    private int entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(process.pid()), folder))) {
            return (int) entries.count();
        }
    }
}
