package today.p2p.network;

import java.io.IOException;

/** One process of a trial. It ends when its standard input does. */
public final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        Thread parent = new Thread(Worker::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        try {
            run(Task.of(arguments));
        } catch (RuntimeException failure) {
            WorkerProcess.tellFailure(failure);
        }
        System.out.println("done");
        // A server goes on for its client, a client for the server that measures.
        parent.join();
    }

    private static void run(Task task) throws Exception {
        boolean isServer = task.port() == 0;
        boolean isMesh = task.subject().isMesh();
        switch (task.trial().workload()) {
            case ONE_WAY -> {
                if (task.subject().isOther()) {
                    Together.run(task);
                } else if (isServer) {
                    OneWay.receive(task);
                } else if (isMesh) {
                    OneWay.whisper(task);
                } else {
                    RawSender.start(task);
                }
            }
            case FLOOD -> Flood.run(task);
            case FLOOD_SLOWLY -> SlowFlood.run(task);
            case IDLE -> {
                if (isServer) {
                    Idle.serve(task);
                } else {
                    Idle.open(task);
                }
            }
            case GREET -> {
                if (isServer) {
                    Task.tellPort(Greeted.start(task).port());
                } else {
                    Greeters.run(task);
                }
            }
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to a worker.
                continue;
            }
        } catch (IOException ended) {
            System.exit(1);
        }
        System.exit(0);
    }
}
