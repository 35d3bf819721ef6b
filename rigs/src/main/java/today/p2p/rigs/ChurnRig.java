package today.p2p.rigs;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens, uses and closes very many links: nothing of them stays. */
final class ChurnRig implements Rig {
    private static final int AT_ONCE = 8;

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public String description() {
        return "opens, uses and closes 100,000 links: threads, descriptors and heap return";
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int links = options.links(100_000);
        try (Victim victim = new Victim("256m", "--limit", "max-links-per-address=1000", "--timer", "ping-after=1h")) {
            churn(victim, 2000, 0);
            long heapBefore = victim.footprint().liveBytes();
            int threadsBefore = victim.footprint().threads();
            int descriptorsBefore = victim.footprint().descriptors();
            long began = System.nanoTime();
            churn(victim, links, 2000);
            double seconds = (System.nanoTime() - began) / 1e9;
            Report.figure("links a second", String.format("%.0f, %d at once", links / seconds, AT_ONCE));
            Thread.sleep(2000);
            long grown = victim.footprint().liveBytes() - heapBefore;
            int threads = victim.footprint().threads() - threadsBefore;
            int descriptors = victim.footprint().descriptors() - descriptorsBefore;
            Report.figure(
                    "heap, threads, descriptors",
                    grown / 1024 + " KiB, " + threads + ", " + descriptors + " more than before");
            Report.figure("status", victim.status());
            boolean held = Report.holds("threads return", threads <= 4);
            held &= Report.holds("descriptors return", descriptors <= 4);
            // Each broadcast is remembered for two minutes, and that is meant (MSH-11).
            return held & Report.holds("heap returns, but for broadcasts that are remembered", grown <= 400L * links);
        }
    }

    private static void churn(Victim victim, int links, int from) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(threads.submit(() -> {
                    int number = next.getAndIncrement();
                    while (number < from + links) {
                        use(victim, number);
                        number = next.getAndIncrement();
                        if (number % 10_000 == 0) {
                            Report.line("  " + number + " links");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void use(Victim victim, int number) throws Exception {
        try (Socket socket = Links.open(victim.address(), number)) {
            long now = System.currentTimeMillis() / 1000;
            RawFrame said = new RawFrame()
                    .array(5)
                    .integer(0)
                    .text(Peerage.id(number))
                    .integer(now)
                    .integer(0);
            socket.getOutputStream().write(said.text("hello").frame());
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // Until the node has closed as well.
                continue;
            }
        }
    }
}
