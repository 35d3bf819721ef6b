package today.p2p.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a reader must know of the machine that was measured on. */
final class Machine {
    private Machine() {}

    /** System, processors, and whether they have SHA instructions. */
    static String description() throws IOException {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processors() + processor();
    }

    /** What else the machine was busy with when the run began: a busy one measures itself. */
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f processes wanted to run when it began", load);
    }

    private static String processors() {
        int count = Runtime.getRuntime().availableProcessors();
        return count == 1 ? "1 processor" : count + " processors";
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        List<String> lines = Files.readAllLines(info);
        String sha = lines.stream().anyMatch(line -> line.startsWith("flags") && line.contains(" sha_ni"))
                ? "with SHA instructions"
                : "without SHA instructions";
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> ", " + line.replaceFirst(".*: *", "") + ", " + sha)
                .orElse("");
    }
}
