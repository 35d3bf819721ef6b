package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process with a JVM takes of the machine. */
record Footprint(long pid) {
    private static final Pattern HEAP = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)");

    /** Live bytes of the heap, after a full collection. */
    long liveBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process histogram = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
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
        return status("VmRSS:");
    }

    /** The most that it ever was. */
    long peakResidentBytes() throws IOException {
        return status("VmHWM:");
    }

    /** What processors have worked for it so far. */
    Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** For how long threads that are there now were ready to run and had no processor. */
    Duration processorWaits() throws IOException {
        long nanos = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                Path times = thread.resolve("schedstat");
                nanos += Files.exists(times)
                        ? Long.parseLong(Files.readString(times).split(" ")[1])
                        : 0;
            }
        }
        return Duration.ofNanos(nanos);
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name)) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name + " of process " + pid);
    }

    private int entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return (int) entries.count();
        }
    }
}
