package today.p2p.simulator.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import today.p2p.kernel.Time;

/** The figures of Chord Tables, as a page of Markdown. One seed decides all of them. */
public final class ChordFigures {
    private static final int QUESTIONS = 1000;
    private static final int KEYS = 100;
    private static final int MINUTES = 10;
    private static final int[] RINGS = {100, 1_000, 10_000};
    private static final int[] PERCENT = {1, 2, 5, 10, 20};

    private final long seed;
    private final int seeds;
    private final int nodes;
    private final Consumer<String> out;

    /**
     * What to measure.
     *
     * @param seed the first seed
     * @param seeds how many seeds the runs with crashes take
     * @param nodes of a ring that is simulated whole
     * @param out is given the page line by line, as it comes about
     */
    public ChordFigures(long seed, int seeds, int nodes, Consumer<String> out) {
        this.seed = seed;
        this.seeds = seeds;
        this.nodes = nodes;
        this.out = out;
    }

    /** Measures everything. */
    public void all() {
        head();
        hops(RINGS);
        churn(MINUTES);
        crashes();
        traffic();
    }

    private void head() {
        say("# Chord Tables in figures");
        say("");
        say(String.format(
                Locale.ROOT,
                "Written by `./check sim --figures chord --seed %d --seeds %d --nodes %d --write`; whoever runs that again gets",
                seed,
                seeds,
                nodes));
        say(String.format(
                Locale.ROOT,
                "the same figures. A ring of %d nodes is simulated whole, with handshakes, frames and time-outs; %d ms to %d ms",
                nodes,
                20,
                80));
        say(String.format(
                Locale.ROOT,
                "from node to node; %d keys with one value each, at five positions with two copies. Seed %d; crashes",
                KEYS,
                seed));
        say(String.format(
                Locale.ROOT,
                "at once with %d seeds from it on. Key lists take one key here: announcing a key is a broadcast, not measured.",
                seeds));
        say(
                "All nodes are linked to each other, so that only the hops show what routing adds. Few crashes bound a share only");
        say("roughly: 0 of N says below 3/N.");
    }

    /** Messages from an asker to the owner of a position. */
    void hops(int... rings) {
        say("");
        say("## Hops");
        say("");
        say(
                "Messages until a question is with the owner of its position, over real shares that are given the links of");
        say(
                "CRD-20 and no more: 16 neighbours on each side and one node in each octave ahead, and what others want of");
        say(String.format(
                Locale.ROOT,
                "them. No handshakes, and no time passes. %d questions of nodes by chance for each ring, seed %d. A ring that",
                QUESTIONS,
                seed));
        say("has grown node by node has more links: up to about 100 nodes, all are linked to all.");
        say("");
        say("| nodes | links of a node | hops, mean | 99 % at most | most | half the binary digits of n |");
        say("|---|---|---|---|---|---|");
        for (int ring : rings) {
            Hops.Result result = new Hops(seed, ring).ask(QUESTIONS);
            say(String.format(
                    Locale.ROOT,
                    "| %,d | %.1f | %.2f | %d | %d | %.1f |",
                    result.nodes(),
                    result.links(),
                    result.mean(),
                    result.most99(),
                    result.most(),
                    Math.log(ring) / Math.log(2) / 2));
        }
    }

    /** Reads while nodes come and go. */
    void churn(int minutes) {
        say("");
        say("## Reads under churn");
        say("");
        say(String.format(
                Locale.ROOT,
                "For %d minutes, so many of a hundred nodes crash each minute, and each is back ten seconds later with an empty",
                minutes));
        say(
                "share. Five reads a second from nodes by chance. *Killed*: a process ends, and its peers hear of it. *Power*:");
        say(
                "nobody hears of it; links are dead after 60 s (LNK-21), or when the node is back. No read lies: the columns say");
        say("what it was told. Two minutes after");
        say("the last crash, all keys are read again.");
        say("");
        say(
                "| churn a minute | crash | crashes | reads | right | share | absent | no majority | timed out | keys in the end |");
        say("|---|---|---|---|---|---|---|---|---|---|");
        List<Supplier<String>> rows = new ArrayList<>();
        for (boolean isSilent : new boolean[] {false, true}) {
            for (int percent : new int[] {1, 5}) {
                rows.add(() -> churn(percent, isSilent, minutes));
            }
        }
        say(rows);
    }

    private String churn(int percent, boolean isSilent, int minutes) {
        Churn.Result result = new Churn(new Field(seed, nodes, KEYS), percent, isSilent).run(minutes);
        return String.format(
                Locale.ROOT,
                "| %d %% | %s | %d | %,d | %,d | %.2f %% | %d | %d | %d | %d of %d |",
                percent,
                isSilent ? "power" : "killed",
                result.crashes(),
                result.reads(),
                result.right(),
                100.0 * result.right() / result.reads(),
                result.outcomes().getOrDefault("Absent", 0),
                result.outcomes().getOrDefault("NoMajority", 0),
                result.outcomes().getOrDefault("TimedOut", 0),
                result.readable(),
                KEYS);
    }

    /** What crashes at once cost, and how long the ring takes to be whole again. */
    void crashes() {
        say("");
        say("## Crashes at once");
        say("");
        say(
                "So many nodes by chance are killed in one moment. *Right at once*: every key is read half a second later, each from");
        say(
                "a node by chance, and has half a second for it. *Positions lost*: of five for each key; neither the owner nor a copy");
        say(
                "is left. *Keys lost*: a read does not find the value once the ring is whole. *Whole again*: each node has links to");
        say(
                "the three nearest behind it, and each position that anybody holds has its owner and both copies; a second at the");
        say("least, for that is how long the first reads are given. *Power*: nobody hears of the crash (LNK-21).");
        say("");
        say(String.format(
                Locale.ROOT,
                "| crash | of %d nodes | runs | right at once | positions lost | keys lost | whole again, mean | most |",
                nodes));
        say("|---|---|---|---|---|---|---|---|");
        List<Supplier<String>> rows = new ArrayList<>();
        for (int percent : PERCENT) {
            int count = (int) Math.max(1, Math.round(nodes * percent / 100.0));
            rows.add(() -> crash(count, percent + " %", false));
        }
        rows.add(() -> crash(1, "power of one", true));
        rows.add(() -> crash(2, "power of two", true));
        say(rows);
    }

    private String crash(int count, String name, boolean isSilent) {
        int atOnce = 0;
        int positions = 0;
        int keys = 0;
        int open = 0;
        List<Long> times = new ArrayList<>();
        for (long one = seed; one < seed + seeds; one++) {
            Field field = new Field(one, nodes, KEYS);
            for (int crash = 0; crash < count; crash++) {
                field.crash(field.joined(), isSilent);
            }
            long begin = field.simulation.view().now();
            field.simulation.run(Time.SECOND / 2);
            positions += field.rings.lost(field.keys);
            atOnce += field.readable(Time.SECOND / 2);
            open += field.whole(300 * Time.SECOND).isPresent() ? 0 : 1;
            times.add(field.simulation.view().now() - begin);
            keys += KEYS - field.readable(11 * Time.SECOND);
        }
        int all = seeds * KEYS;
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d of %d | %d of %d | %d of %d | %.1f s%s | %.1f s |",
                name,
                count,
                seeds,
                atOnce,
                all,
                positions,
                5 * all,
                keys,
                all,
                times.stream().mapToLong(time -> time).average().orElse(0) / Time.SECOND,
                open == 0 ? "" : " (" + open + " not within 5 min)",
                (double) Collections.max(times) / Time.SECOND);
    }

    /** What upkeep and repair send. */
    void traffic() {
        Traffic traffic = new Traffic();
        Field field = new Field(seed, nodes, KEYS, traffic);
        field.simulation.run(60 * Time.SECOND);
        traffic.clear();
        field.simulation.run(MINUTES * 60 * Time.SECOND);
        say("");
        say("## Upkeep");
        say("");
        say(String.format(
                Locale.ROOT,
                "What a node sends in a minute in which nothing happens, over %d minutes, %d keys among %d nodes, seed %d; frames",
                MINUTES,
                KEYS,
                nodes,
                seed));
        say("included, without TCP.");
        say("");
        say("| what | messages a minute and node | bytes a minute and node |");
        say("|---|---|---|");
        double share = nodes * (double) MINUTES;
        sum("questions for peers (CRD-19)", traffic.of("request"), share);
        sum("lists of peers", traffic.of("peers"), share);
        sum("copies again (CRD-30)", traffic.of("store"), share);
        Traffic.Sum rest = traffic.all()
                .minus(traffic.of("request"))
                .minus(traffic.of("peers"))
                .minus(traffic.of("store"));
        sum("other, keep-alive among it", rest, share);
        sum("all", traffic.all(), share);
        repair(traffic, field);
    }

    private void repair(Traffic traffic, Field field) {
        traffic.clear();
        field.simulation.run(60 * Time.SECOND);
        Traffic.Sum idle = copying(traffic);
        traffic.clear();
        field.crash(field.joined(), false);
        field.simulation.run(60 * Time.SECOND);
        Traffic.Sum more = copying(traffic).minus(idle);
        int others = nodes - 1;
        say("");
        say(String.format(
                Locale.ROOT,
                "In the minute after one of them was killed, a node sends %.1f messages and %,.0f bytes more than in the minute",
                (double) more.messages() / others,
                (double) more.bytes() / others));
        say("before, to copy what the dead one held and to have it confirmed.");
    }

    private static Traffic.Sum copying(Traffic traffic) {
        return traffic.of("store").plus(traffic.of("retrieve")).plus(traffic.of("retrieved"));
    }

    private void sum(String what, Traffic.Sum sum, double share) {
        say(String.format(Locale.ROOT, "| %s | %.1f | %,.0f |", what, sum.messages() / share, sum.bytes() / share));
    }

    /** Each row is a network of its own: as many at once as there are processors. */
    private void say(List<Supplier<String>> rows) {
        rows.parallelStream().map(Supplier::get).toList().forEach(this::say);
    }

    private void say(String line) {
        out.accept(line);
    }
}
