package today.p2p.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that does a part of a trial and tells its figures, a line each, and then that it is done. It ends at the
 * latest when this one does.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final long SPARE_SECONDS = 120;

    private static final String FAILED = "failed ";

    private final String trial;
    private final Process process;
    private final BufferedReader lines;

    /**
     * Starts it.
     *
     * @param trial what it does, for those who read of a failure
     * @param options of the JVM beside those of the setting
     * @param worker whose main method runs, with the words, and the milliseconds of warm-up and measuring behind them
     */
    public WorkerProcess(Setting setting, String trial, List<String> options, Class<?> worker, List<String> words)
            throws IOException {
        this.trial = trial;
        List<String> command = new ArrayList<>(List.of(
                setting.javaHome().resolve("bin").resolve("java").toString(),
                "-Xms" + setting.heap(),
                "-Xmx" + setting.heap(),
                // Nobody logs here; slf4j would say so each time.
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dp2p.root=" + System.getProperty("p2p.root", ".")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), worker.getName()));
        command.addAll(words);
        command.add(Long.toString(setting.warmup().toMillis()));
        command.add(Long.toString(setting.measured().toMillis()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        lines = process.inputReader();
        long patience = setting.warmup().plus(setting.measured()).toSeconds() + SPARE_SECONDS;
        CompletableFuture.delayedExecutor(patience, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Of the process itself: tells what it failed at, in a line, and ends. */
    public static void tellFailure(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        System.out.println(FAILED + words.replaceAll("\\s+", " "));
        System.exit(1);
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
    public Map<String, Double> figures() throws IOException {
        Map<String, Double> figures = new HashMap<>();
        for (String[] words = next(); !words[0].equals("done"); words = next()) {
            figures.put(words[0], Double.valueOf(words[1]));
        }
        return figures;
    }

    private String[] next() throws IOException {
        String line = lines.readLine();
        if (line != null && line.startsWith(FAILED)) {
            throw new IOException(trial + ": " + line.substring(FAILED.length()));
        }
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
