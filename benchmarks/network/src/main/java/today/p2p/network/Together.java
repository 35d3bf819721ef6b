package today.p2p.network;

import java.util.List;
import java.util.concurrent.Semaphore;
import today.p2p.clusters.Crowd;
import today.p2p.clusters.Speaker;
import today.p2p.network.living.LivingNode;
import today.p2p.network.living.LivingPeer;
import today.p2p.network.living.LivingSpeaker;

/**
 * Messages in one direction between two nodes of another library, with no more of them under way than it bears:
 * a sender goes on when what it sent has arrived.
 */
final class Together {
    private static final int MOST_UNDER_WAY = 1024;
    private static final int MOST_BYTES_UNDER_WAY = 1 << 22;
    /** py2p loses its link when it is handed more at a time: benchmarks/README.md says why. */
    private static final int LIVING_BYTES_UNDER_WAY = 1 << 14;

    private static final int LIVING_AT_A_TIME = 16;

    private Together() {}

    static void run(Task task) throws InterruptedException {
        boolean isLiving = task.subject().living().isPresent();
        int bytes = isLiving ? LIVING_BYTES_UNDER_WAY : MOST_BYTES_UNDER_WAY;
        int most = Math.max(1, Math.min(MOST_UNDER_WAY, bytes / Math.max(task.bytes(), 256)));
        int times = isLiving ? Math.max(1, Math.min(LIVING_AT_A_TIME, most / 4)) : 1;
        Semaphore room = new Semaphore(most / times);
        Meter meter = new Meter();
        Speaker sender = start(task, 2, times, (array, offset) -> {
                    meter.count(times);
                    room.release();
                })
                .get(1);
        Thread sending = new Thread(() -> send(task, sender, room, times), "sender");
        sending.setDaemon(true);
        sending.start();
        meter.measure(task);
    }

    private static void send(Task task, Speaker sender, Semaphore room, int times) {
        FloodMessage messages = new FloodMessage(task.bytes());
        try {
            while (true) {
                room.acquire();
                sender.whisper(messages.next(0, 0), times);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nodes of another library, each linked to each. */
    static List<Speaker> start(Task task, int count, int every, Speaker.Taker taker) throws InterruptedException {
        Subject subject = task.subject();
        if (subject.living().isPresent()) {
            LivingPeer peer = subject.living().get();
            return LivingSpeaker.start(peer, count, new LivingNode.Sizes(task.bytes(), every), taker);
        }
        return Crowd.valueOf(subject.name()).start(count, taker);
    }
}
