package today.p2p.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of {@link Worker}; it ends at the latest when this one does. */
final class WorkerProcess implements AutoCloseable {
    private static final long SPARE_SECONDS = 60;

    private final Trial trial;
    private final Process process;
    private final BufferedReader lines;

    /** @param port where the server listens; 0 for the server */
    WorkerProcess(Setting setting, Trial trial, int port) throws IOException {
        this.trial = trial;
        List<String> command = List.of(
                setting.javaHome().resolve("bin").resolve("java").toString(),
                "-Xms" + setting.heap(),
                "-Xmx" + setting.heap(),
                // Nobody logs here; slf4j would say so each time.
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                trial.workload().name(),
                trial.subject().name(),
                Integer.toString(trial.bytes()),
                Integer.toString(port),
                Long.toString(setting.warmup().toMillis()),
                Long.toString(setting.measured().toMillis()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader();
        long patience = setting.warmup().plus(setting.measured()).toSeconds() + SPARE_SECONDS;
        CompletableFuture.delayedExecutor(patience, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Waits until it listens. */
    int port() throws IOException {
        String[] words = next();
        if (!words[0].equals("port")) {
            throw new IOException(trial + ": no port but " + String.join(" ", words));
        }
        return Integer.parseInt(words[1]);
    }

    /** Waits until it has measured. */
    Map<String, Double> figures() throws IOException {
        Map<String, Double> figures = new HashMap<>();
        for (String[] words = next(); !words[0].equals("done"); words = next()) {
            figures.put(words[0], Double.valueOf(words[1]));
        }
        return figures;
    }

    private String[] next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException(trial + ": a process ended, or had to be ended, before it had measured");
        }
        return line.split(" ");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
