package today.p2p.rigs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.kernel.CloseReason;

/**
 * Two honest nodes with the tried node between them: what one broadcasts goes through it to the other, and the time that it
 * takes is measured.
 */
final class Echoes implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;
    private static final int WARM_UP = 5000;

    private final MeshNetwork sender;
    private final MeshNetwork receiver;
    private final List<Long> nanos = new ArrayList<>();
    private int sent;
    private final List<String> lost = new ArrayList<>();

    Echoes(Victim victim) {
        sender = honest();
        receiver = honest();
        receiver.onMessage(message -> {
            if (message.size() == 2 && message.text().equals("echo") && message.get(1) instanceof Long at) {
                note(System.nanoTime() - at);
            }
        });
        String host = victim.address().getHostString();
        sender.connect(host, victim.address().getPort()).join();
        receiver.connect(host, victim.address().getPort()).join();
        sender.onDisconnect((peer, reason) -> lose("sender", reason));
        receiver.onDisconnect((peer, reason) -> lose("receiver", reason));
    }

    String senderId() {
        return sender.id().text();
    }

    /** Sends what a node has sent and relayed after some time, and slower code is no longer what is measured. */
    static void warmUp(List<Echoes> all) throws InterruptedException {
        for (int count = 0; count < WARM_UP; count++) {
            for (Echoes echoes : all) {
                echoes.sender.broadcast("warm up", (long) count);
            }
            Thread.sleep(1);
        }
    }

    /** Sends for a time, through one after the other; what came of it through each. */
    static List<Latencies> measure(Duration time, List<Echoes> all) throws InterruptedException {
        all.forEach(Echoes::begin);
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            for (Echoes echoes : all) {
                echoes.send();
                Thread.sleep(EVERY_MILLIS / all.size());
            }
        }
        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!all.stream().allMatch(echoes -> echoes.latencies().isComplete()) && System.nanoTime() < patience) {
            Thread.sleep(EVERY_MILLIS);
        }
        return all.stream().map(Echoes::latencies).toList();
    }

    private void begin() {
        synchronized (nanos) {
            nanos.clear();
            sent = 0;
        }
    }

    private void send() {
        synchronized (nanos) {
            sent++;
        }
        sender.broadcast("echo", System.nanoTime());
    }

    private Latencies latencies() {
        synchronized (nanos) {
            return new Latencies(sent, List.copyOf(nanos));
        }
    }

    /** Links that were lost, with the reason. */
    List<String> lost() {
        synchronized (lost) {
            return List.copyOf(lost);
        }
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }

    private static MeshNetwork honest() {
        return MeshNetwork.builder()
                .subnet(Peerage.SUBNET)
                .listen("127.0.0.1", 0)
                .maxOutgoing(0)
                .start();
    }

    private void note(long took) {
        synchronized (nanos) {
            nanos.add(took);
        }
    }

    private void lose(String who, CloseReason reason) {
        synchronized (lost) {
            lost.add(who + ": " + reason);
        }
    }

    /**
     * How long messages took.
     *
     * @param sent how many were sent
     * @param nanos of each that came, as they came
     */
    record Latencies(int sent, List<Long> nanos) {
        boolean isComplete() {
            return nanos.size() == sent;
        }

        /** All of both. */
        Latencies and(Latencies other) {
            List<Long> all = new ArrayList<>(nanos);
            all.addAll(other.nanos);
            return new Latencies(sent + other.sent, all);
        }

        double millis(int percent) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    "%d sent, %d received, median %.2f ms, 90 %% %.2f ms, 99 %% %.2f ms, most %.2f ms",
                    sent, nanos.size(), millis(50), millis(90), millis(99), millis(100));
        }
    }
}
