package today.p2p.rigs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import today.p2p.ChordTable;

/**
 * A ring of many nodes that hold many keys, of which two crash again and again while all are read. For each that
 * crashes a new one joins, so that the ring keeps its size: what it survives is change, not decline.
 */
final class ChordRig implements Rig {
    private static final int VICTIMS = 2;
    private static final int READERS = 8;
    private static final int PATIENCE = 600;

    @Override
    public String name() {
        return "chord";
    }

    @Override
    public String description() {
        return "a ring of which two nodes crash, and two join, again and again, while all keys are read";
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int nodes = options.nodes(64);
        int keys = options.entries(10_000);
        int seconds = options.seconds(300);
        int every = options.every(30);
        Random random = new Random(options.seed());
        int minutes = (seconds + 59) / 60 + 1 + nodes * keys / 640_000;
        Report.figure(
                "takes", "about " + minutes + " minutes on two idle processors, " + seconds + " s of them crashes");
        try (ChordTown town = new ChordTown(random, options.links(4))) {
            long began = System.nanoTime();
            for (int index = 0; index < nodes; index++) {
                town.add();
            }
            town.settle(PATIENCE);
            Report.figure("nodes, links", nodes + ", " + town.links() + ", waited for " + since(began));
            boolean held = Report.holds("each node sees its nearest nodes", town.unsettled() == 0);
            fill(town, keys, random);
            held &= Report.holds("all keys are read from other nodes", readAll(town, keys, random) == keys);
            return churn(town, keys, seconds / every, every, options.seed()) & held;
        }
    }

    private static void fill(ChordTown town, int keys, Random random) {
        long began = System.nanoTime();
        Map<ChordTable<String>, Map<String, Object>> parts = new LinkedHashMap<>();
        for (int key = 0; key < keys; key++) {
            parts.computeIfAbsent(town.any(random), any -> new LinkedHashMap<>())
                    .put(ChordReaders.key(key), ChordReaders.value(key));
        }
        // One node after the other, each with some calls at a time: more at once would only wait for each other.
        Progress progress = new Progress("keys put so far", keys);
        parts.forEach((table, part) -> {
            patient(table).confirming().putAll(part).join();
            progress.add(part.size());
        });
        Report.figure(
                "keys put and confirmed",
                keys + " from nodes by chance, in " + since(began) + "; the first "
                        + Math.min(keys, ChordTown.ANNOUNCED) + " announced");
    }

    /** How many keys a node by chance reads as they were written. */
    private static int readAll(ChordTown town, int keys, Random random) {
        long began = System.nanoTime();
        Map<ChordTable<String>, List<String>> parts = new LinkedHashMap<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (int key = 0; key < keys; key++) {
            parts.computeIfAbsent(town.any(random), any -> new ArrayList<>()).add(ChordReaders.key(key));
            expected.put(ChordReaders.key(key), ChordReaders.value(key));
        }
        Map<String, Object> read = new LinkedHashMap<>();
        Progress progress = new Progress("keys read so far", keys);
        parts.forEach((table, part) -> {
            read.putAll(patient(table).getAll(part).join());
            progress.add(part.size());
        });
        read.entrySet().retainAll(expected.entrySet());
        Report.figure("keys read", read.size() + " of " + keys + " in " + since(began));
        return read.size();
    }

    private static boolean churn(ChordTown town, int keys, int rounds, int every, long seed) throws Exception {
        boolean held = true;
        int failed = 0;
        double window = 0;
        double slowest = 0;
        try (ChordReaders readers = new ChordReaders(town, keys, READERS, seed)) {
            for (int round = 1; round <= rounds; round++) {
                readers.take();
                long began = System.nanoTime();
                town.kill(VICTIMS);
                for (int index = 0; index < VICTIMS; index++) {
                    town.add();
                }
                double settled = town.settle(every);
                long left = every * 1_000_000_000L - (System.nanoTime() - began);
                Thread.sleep(Math.max(0, left / 1_000_000));
                int unreadable = readers.unreadable();
                ChordReaders.Figures figures = readers.take();
                Report.figure(
                        "crash " + round + " of " + rounds + ", " + VICTIMS + " nodes",
                        figures + "; the ring was settled after " + String.format("%.1f s", settled)
                                + " (at most waited for: " + every + ")");
                held &= Report.holds("no key is unreadable after the repair", unreadable == 0);
                failed += figures.failed();
                window = Math.max(window, figures.longest());
                slowest = Math.max(slowest, settled);
            }
            held &= afterwards(readers, keys);
        }
        Report.figure(
                "window",
                String.format(
                        "a key was unreadable for at most %.2f s after a crash; %d reads failed in all; every node saw its"
                                + " neighbours again after at most %.1f s",
                        window, failed, slowest));
        return held;
    }

    private static boolean afterwards(ChordReaders readers, int keys) throws InterruptedException {
        Report.figure("after", "every key is read twice more");
        int turns = readers.turns();
        while (readers.turns() - turns < 2 * keys || readers.unreadable() > 0 && readers.turns() - turns < 4 * keys) {
            Thread.sleep(100);
        }
        int unreadable = readers.unreadable();
        Report.figure("after", readers.take());
        return Report.holds("no key is unreadable in the end", unreadable == 0);
    }

    /** A busy machine is no failure: nothing crashes yet. */
    private static ChordTable<String> patient(ChordTable<String> table) {
        return table.within(Duration.ofMinutes(2)).retrying(10, Duration.ofMillis(100), Duration.ofSeconds(1));
    }

    private static String since(long began) {
        return String.format("%.1f s", (System.nanoTime() - began) / 1e9);
    }

    /** Says every few seconds how far a part has come. */
    private static final class Progress {
        private static final long EVERY = 10_000_000_000L;

        private final String what;
        private final int all;
        private int done;
        private long next = System.nanoTime() + EVERY;

        Progress(String what, int all) {
            this.what = what;
            this.all = all;
        }

        void add(int count) {
            done += count;
            if (System.nanoTime() - next >= 0) {
                next = System.nanoTime() + EVERY;
                Report.figure(what, done + " of " + all);
            }
        }
    }
}
