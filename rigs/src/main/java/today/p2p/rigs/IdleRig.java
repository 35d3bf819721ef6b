package today.p2p.rigs;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Many links that have shaken hands and say nothing: what each costs. */
final class IdleRig implements Rig {
    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "2,000 idle links on one node: heap, threads and descriptors for each";
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int links = options.links(2000);
        List<Socket> sockets = new ArrayList<>();
        try (Victim victim = new Victim(
                "512m",
                "--limit",
                "max-links=" + (links + 100),
                "--limit",
                "max-links-per-address=" + (links + 100),
                "--timer",
                "ping-after=1h",
                "--timer",
                "dead-after=2h")) {
            // One link first: what is loaded for it is not counted.
            sockets.add(Links.open(victim.address(), 0));
            long heapBefore = victim.footprint().liveBytes();
            int threadsBefore = victim.footprint().threads();
            int descriptorsBefore = victim.footprint().descriptors();
            long began = System.nanoTime();
            for (int i = 1; i <= links; i++) {
                sockets.add(Links.open(victim.address(), i));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            long heap = victim.footprint().liveBytes() - heapBefore;
            Report.figure("links a second", String.format("%.0f, one after the other", links / seconds));
            Report.figure("heap for each link", heap / links + " bytes");
            int threads = victim.footprint().threads() - threadsBefore;
            int descriptors = victim.footprint().descriptors() - descriptorsBefore;
            Report.figure("threads, descriptors", threads + ", " + descriptors + " more for " + links + " links");
            Report.figure("status", victim.status());
            boolean held = Report.holds("a link costs one descriptor", descriptors <= links + 2);
            held &= Report.holds("no thread for each link", threads <= 24);
            return held & Report.holds("at most 2.6 KiB of heap for each link", heap / links <= 2662);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
