package today.p2p.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import today.p2p.network.Setting;

/** Runs all trials in turn, and that several times: A B C, A B C, ... so that a slow minute falls on all alike. */
final class NetworkRounds {
    private static final int ATTEMPTS = 2;

    private final NetworkPlan plan;
    private final Setting setting;
    private final int rounds;
    private final PrintStream progress;

    NetworkRounds(NetworkPlan plan, Setting setting, int rounds, PrintStream progress) {
        this.plan = plan;
        this.setting = setting;
        this.rounds = rounds;
        this.progress = progress;
    }

    List<Measurement> run(List<Cell> cells) throws IOException {
        Map<Setting.Run, List<Measurement>> trials = new LinkedHashMap<>();
        List<Measurement> measurements = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<NetworkPlan.Constant> constant = plan.constant(cell);
            Measurement measurement = measurement(
                    cell,
                    constant.map(NetworkPlan.Constant::unit)
                            .orElseGet(() -> plan.figure(cell).unit()));
            measurements.add(measurement);
            if (constant.isPresent()) {
                Arrays.fill(measurement.values(), constant.get().value());
            } else {
                trials.computeIfAbsent(plan.figure(cell).trial(), trial -> new ArrayList<>())
                        .add(measurement);
            }
        }
        run(trials);
        return measurements;
    }

    private void run(Map<Setting.Run, List<Measurement>> trials) throws IOException {
        long began = System.nanoTime();
        int done = 0;
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Setting.Run, List<Measurement>> trial : trials.entrySet()) {
                Map<String, Double> figures = figures(trial);
                for (Measurement measurement : trial.getValue()) {
                    String name = plan.figure(measurement.cell()).name();
                    measurement.values()[round] = figures.getOrDefault(name, Double.NaN);
                }
                done++;
                report(began, done, rounds * trials.size(), round, trial);
            }
        }
    }

    /** What others cannot do is told, and no reason to measure nothing else; nor is one bad minute of theirs. */
    private Map<String, Double> figures(Map.Entry<Setting.Run, List<Measurement>> trial) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return trial.getKey().run(setting);
            } catch (IOException failed) {
                if (!trial.getKey().isOfOthers()) {
                    throw failed;
                }
                if (attempt == ATTEMPTS) {
                    String why = Objects.toString(failed.getMessage(), "no reason given");
                    trial.getValue().stream()
                            .filter(measurement -> !measurement.troubles().contains(why))
                            .forEach(measurement -> measurement.troubles().add(why));
                    return Map.of();
                }
            }
        }
    }

    private Measurement measurement(Cell cell, Measurement.Unit unit) {
        double[] unknown = new double[rounds];
        Arrays.fill(unknown, Double.NaN);
        return new Measurement(cell, setting.javaHome().toString(), unit, new double[rounds], unknown);
    }

    private void report(long began, int done, int all, int round, Map.Entry<Setting.Run, List<Measurement>> trial) {
        Duration left = Duration.ofNanos((System.nanoTime() - began) / done * (all - done));
        StringBuilder figures = new StringBuilder();
        for (Measurement measurement : trial.getValue()) {
            figures.append(" %,12.1f %s".formatted(measurement.values()[round], measurement.unit()));
        }
        progress.printf(
                "[%d/%d] round %d of %d, %d:%02d left  %-38s%s%n",
                done, all, round + 1, rounds, left.toMinutes(), left.toSecondsPart(), trial.getKey(), figures);
    }
}
