package today.p2p.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all cells in turn, and that several times, each time in a new JVM: A B C, A B C, ... so that a slow minute of the machine
 * falls on all alike, and so that no figure hangs on the luck of one compilation.
 */
final class Rounds {
    private final int rounds;
    private final Duration warmup;
    private final Duration measured;
    private final String heap;
    private final PrintStream progress;

    Rounds(int rounds, Duration warmup, Duration measured, String heap, PrintStream progress) {
        this.rounds = rounds;
        this.warmup = warmup;
        this.measured = measured;
        this.heap = heap;
        this.progress = progress;
    }

    List<Measurement> run(Path javaHome, List<Cell> cells) throws RunnerException {
        List<Measurement> measurements = new ArrayList<>();
        for (Cell cell : cells) {
            measurements.add(new Measurement(
                    cell, javaHome.toString(), Measurement.Unit.NANOSECONDS, new double[rounds], new double[rounds]));
        }
        long began = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < cells.size(); i++) {
                Measurement measurement = measurements.get(i);
                measure(javaHome, measurement, round);
                int done = round * cells.size() + i + 1;
                report(began, done, rounds * cells.size(), round, measurement);
            }
        }
        return measurements;
    }

    private void measure(Path javaHome, Measurement measurement, int round) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(measurement.cell().pattern())
                .jvm(javaHome.resolve("bin").resolve("java").toString())
                .jvmArgs("-Xms" + heap, "-Xmx" + heap, "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(warmup.toMillis()))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(measured.toMillis()))
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        measurement.cell().parameters().forEach(options::param);
        PrintStream out = System.out;
        try {
            // Even a silent JMH prints where it writes nothing.
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            RunResult result = new Runner(options.build()).runSingle();
            measurement.values()[round] = result.getPrimaryResult().getScore();
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            measurement.allocatedBytes()[round] = allocated == null ? Double.NaN : allocated.getScore();
        } finally {
            System.setOut(out);
        }
    }

    private void report(long began, int done, int all, int round, Measurement measurement) {
        long elapsed = System.nanoTime() - began;
        Duration left = Duration.ofNanos(elapsed / done * (all - done));
        progress.printf(
                "[%d/%d] round %d of %d, %d:%02d left  %-50s %,12.1f ns%n",
                done,
                all,
                round + 1,
                rounds,
                left.toMinutes(),
                left.toSecondsPart(),
                measurement.cell(),
                measurement.values()[round]);
    }
}
