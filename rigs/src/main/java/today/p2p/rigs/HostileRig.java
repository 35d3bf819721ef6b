package today.p2p.rigs;

import java.time.Duration;

/** Many hostile links against one node with little memory: honest links live on, at a bounded price. */
final class HostileRig implements Rig {
    private static final String HEAP = "256m";
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String description() {
        return "1,000 hostile links of eleven kinds against a node with a heap of " + HEAP;
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int links = options.links(1000);
        Duration time = Duration.ofSeconds(options.seconds(30));
        // An attacker's place is not an honest peer's: links of the attackers' addresses fill max-links otherwise.
        try (Victim victim = new Victim(HEAP);
                Echoes echoes = new Echoes(victim)) {
            Echoes.Latencies before;
            Echoes.Latencies arriving;
            Echoes.Latencies during;
            try (Hostiles hostiles = new Hostiles(links, victim.address(), echoes.senderId(), options.seed())) {
                echoes.measure(WARM_UP);
                before = echoes.measure(time.dividedBy(3));
                Report.figure("before", before);
                hostiles.start();
                // All dial at once and do their worst at once: what comes of that is a figure of its own.
                arriving = echoes.measure(ARRIVAL);
                Report.figure("while they come", arriving);
                during = echoes.measure(time);
                Report.figure("while they stay", during);
                Report.figure("hostile links opened", hostiles.opened());
                Report.figure("status", victim.isAlive() ? victim.status() : "the node has died");
            }
            Report.figure("live heap after", victim.footprint().liveBytes() / 1024 + " KiB");
            Report.figure("resident memory", victim.footprint().residentBytes() / (1 << 20) + " MiB");
            boolean held = Report.holds("the node lives", victim.isAlive());
            held &= Report.holds(
                    "no honest link was lost " + echoes.lost(), echoes.lost().isEmpty());
            held &= Report.holds("every honest broadcast came once", arriving.isComplete() && during.isComplete());
            double factor = during.millis(50) / before.millis(50);
            return held
                    & Report.holds(
                            String.format("honest latency at most doubled (median: %.2f times)", factor), factor <= 2);
        }
    }
}
