package today.p2p.rigs;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One node holds a large table, a second one joins it, a third one joins the first, loses its link half-way and goes
 * on with the second. Each is a process with a small heap.
 */
final class JoinRig implements Rig {
    /** What a transfer may hold beside the table: a portion, what waits on the link, what is being read. */
    private static final long UNDER_WAY = 8 << 20;

    private static final int GOAL = 300;

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String description() {
        return "late join of 100,000 entries, interrupted and resumed: time, heap for each entry, nothing overwritten";
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int entries = options.entries(100_000);
        String heap = options.heap("128m");
        Report.figure("table", entries + " keys of 16 bytes, values of " + options.valueBytes() + "; -Xmx" + heap);
        // Of its own broadcasts the first node remembers no more than this: the entries alone are to be weighed.
        try (TableProcess first = new TableProcess(heap, "MAX_SEEN=1");
                TableProcess second = new TableProcess(heap);
                TableProcess third = new TableProcess(heap, slow("RATE", entries), slow("BURST", entries))) {
            // A tenth first, so that what a node takes once, for its first link, is not weighed.
            int tenth = entries / 10;
            fill(first, 0, tenth, options);
            join(second, first.address(), tenth, true);
            settle(second, tenth);
            second.tell("disconnect");
            long firstBefore = first.liveBytes();
            long secondBefore = second.liveBytes();

            fill(first, tenth, entries, options);
            String content = first.tell("digest");
            long firstFull = first.liveBytes();
            boolean held = weigh("heap of each entry written", firstFull - firstBefore, entries - tenth, options);

            double seconds = join(second, first.address(), entries, false);
            Report.figure("joined in", "%.1f s, %,.0f entries a second".formatted(seconds, entries / seconds));
            settle(second, entries);
            held &= Report.holds(
                    "the newcomer has all of it", second.tell("digest").equals(content));
            long joined = second.liveBytes() - secondBefore;
            held &= weigh("heap of each entry joined", joined, entries - tenth, options);

            third.tell("falsy");
            held &= interrupted(first, third, entries, firstFull);
            double rest = join(third, second.address(), entries, true);
            Report.figure("resumed and ready in", "%.1f s".formatted(rest));
            held &= Report.holds("the third has all of it", third.tell("digest").equals(content));
            held &= Report.holds(
                    "its falsy values were not overwritten", third.tell("kept").equals("7"));
            held &= Report.holds(
                    "nor anything at the first", first.tell("digest").equals(content));
            settle(third, entries);
            return held & ended(entries, first, second, third);
        }
    }

    /** Of a reader that takes ten seconds for all: what it does not read must not wait in the sender's memory. */
    private static String slow(String limit, int entries) {
        return "MAX_MESSAGE_" + limit + '=' + Math.max(100, entries / 10);
    }

    private static void fill(TableProcess table, int from, int to, RigOptions options)
            throws IOException, InterruptedException {
        table.tell("fill " + from + ' ' + to + ' ' + options.valueBytes() + ' ' + (options.seed() + from));
        settle(table, to);
    }

    /** Lets a table join, shows how far it is, and waits until it has so many entries, and is ready; in seconds. */
    private static double join(TableProcess table, InetSocketAddress from, int entries, boolean ready)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        table.connect(from);
        TableProcess.Figures figures = table.figures();
        long told = began;
        while (figures.of("entries") < entries || (ready && figures.of("ready") == 0)) {
            Thread.sleep(10);
            figures = table.figures();
            if (System.nanoTime() - told > 1_000_000_000L) {
                told = System.nanoTime();
                Report.line("  %,d entries".formatted(figures.of("entries")));
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean interrupted(TableProcess first, TableProcess third, int entries, long firstFull)
            throws IOException, InterruptedException {
        try (Relay relay = new Relay(first.address())) {
            join(third, relay.address(), entries / 2, false);
            long beside = first.liveBytes() - firstFull;
            relay.cut();
            while (third.figures().of("links") > 0) {
                Thread.sleep(10);
            }
            TableProcess.Figures figures = third.figures();
            Report.figure("cut at", "%,d entries".formatted(figures.of("entries")));
            Report.figure("sender held beside", beside / 1024 + " KiB half-way");
            boolean held = Report.holds("half a table is not called ready", figures.of("ready") == 0);
            held &= Report.holds("the link was cut half-way", figures.of("entries") < entries);
            return held & Report.holds("a transfer holds at most 8 MiB at its sender", beside <= UNDER_WAY);
        }
    }

    /** Waits until the listener of a table has heard or missed all. */
    private static void settle(TableProcess table, int entries) throws IOException, InterruptedException {
        TableProcess.Figures figures = table.figures();
        while (figures.of("heard") + figures.of("missed") < entries) {
            Thread.sleep(100);
            figures = table.figures();
        }
    }

    private static boolean weigh(String what, long bytes, int entries, RigOptions options) {
        long each = bytes / entries;
        Report.figure(what, each + " bytes");
        // The goal is for values of 100 bytes; others cost as much more as they are longer.
        long goal = GOAL + Math.max(0, options.valueBytes() - 100);
        return Report.holds("at most " + goal + " bytes", each <= goal);
    }

    private static boolean ended(int entries, TableProcess... tables) throws IOException {
        boolean held = true;
        for (TableProcess table : tables) {
            TableProcess.Figures figures = table.figures();
            String peak = table.footprint().peakResidentBytes() / (1 << 20) + " MiB resident at most";
            Report.figure(
                    "table",
                    "%s, %,d events heard, %,d missed".formatted(peak, figures.of("heard"), figures.of("missed")));
            held &= Report.holds("all alive, with every key", figures.of("entries") == entries);
            held &= Report.holds(
                    "every update was heard or its loss told", figures.of("heard") + figures.of("missed") == entries);
        }
        return held;
    }
}
