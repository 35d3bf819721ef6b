package today.p2p.simulator.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Time;
import today.p2p.simulator.ring.Rings;

/**
 * Reads while nodes crash and others come: each minute so many of a hundred nodes crash at moments by chance, and
 * each is back after ten seconds, with an empty share, by a node by chance, and joins.
 */
final class Churn {
    private static final long STEP = Time.SECOND / 5;
    private static final int BACK_AFTER = 50;

    private final Field field;
    private final double crashesAStep;
    private final boolean isSilent;
    private final Map<Integer, Integer> away = new LinkedHashMap<>();
    private final List<Read> reads = new ArrayList<>();
    private int crashes;

    Churn(Field field, double percentAMinute, boolean isSilent) {
        this.field = field;
        this.isSilent = isSilent;
        double aMinute = field.simulation.view().nodes() * percentAMinute / 100;
        crashesAStep = aMinute * STEP / (60.0 * Time.SECOND);
    }

    /** Lets so many minutes pass, with five reads a second. */
    Result run(int minutes) {
        long steps = minutes * 60 * Time.SECOND / STEP;
        for (long step = 0; step < steps; step++) {
            change();
            int reader = field.joined();
            String key = field.keys.get(field.random.nextInt(field.keys.size()));
            reads.add(new Read(reader, field.rings.get(reader, key), key));
            field.simulation.run(STEP);
            look();
        }
        field.simulation.run(11 * Time.SECOND);
        look();
        field.simulation.run(120 * Time.SECOND);
        Map<String, Integer> outcomes = new LinkedHashMap<>();
        reads.forEach(read -> outcomes.merge(read.outcome, 1, Integer::sum));
        return new Result(crashes, reads.size(), outcomes, field.readable(11 * Time.SECOND));
    }

    private void change() {
        if (field.random.nextDouble() < crashesAStep) {
            int node = field.joined();
            field.crash(node, isSilent);
            away.put(node, 0);
            crashes++;
        }
        for (int node : List.copyOf(away.keySet())) {
            int steps = away.merge(node, 1, Integer::sum);
            if (steps == BACK_AFTER) {
                field.simulation.restart(node);
                field.simulation.connect(node, field.joined());
            } else if (steps == BACK_AFTER + Time.SECOND / STEP) {
                field.rings.join(node);
                away.remove(node);
            }
        }
    }

    /** Takes down how the reads have ended; one whose reader has crashed does not count. */
    private void look() {
        reads.removeIf(
                read -> read.outcome.isEmpty() && !field.simulation.view().isUp(read.reader));
        for (Read read : reads) {
            if (read.outcome.isEmpty()) {
                Optional<Outcome> outcome = field.rings.outcome(read.reader, read.call);
                boolean isRight = Rings.found(outcome)
                        .filter(Field.value(read.key)::equals)
                        .isPresent();
                read.outcome = isRight
                        ? "Right"
                        : outcome.map(one -> one.getClass().getSimpleName()).orElse("");
            }
        }
    }

    /** A read and what has come of it. */
    private static final class Read {
        final int reader;
        final long call;
        final String key;
        String outcome = "";

        Read(int reader, long call, String key) {
            this.reader = reader;
            this.call = call;
            this.key = key;
        }
    }

    /**
     * What was counted.
     *
     * @param outcomes how many reads ended how
     * @param readable how many of all keys are read rightly in the end
     */
    record Result(int crashes, int reads, Map<String, Integer> outcomes, int readable) {
        int right() {
            return outcomes.getOrDefault("Right", 0);
        }
    }
}
