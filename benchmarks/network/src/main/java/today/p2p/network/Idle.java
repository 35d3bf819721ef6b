package today.p2p.network;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Links that have shaken hands and say nothing. */
final class Idle {
    static final int LINKS = 1000;
    private static final int FIRST = 16;
    // Whom nobody holds, the collector closes.
    private static final List<Socket> HELD = new ArrayList<>();

    private Idle() {}

    static void serve(Task task) throws IOException, InterruptedException {
        Greeted host = Greeted.start(task);
        // What is loaded for the first links is not counted.
        List<Socket> first = open(FIRST, host.port());
        for (Socket socket : first) {
            socket.close();
        }
        await(host, 0);
        long before = liveBytes();
        Task.tellPort(host.port());
        await(host, LINKS);
        Task.tell("heap", (liveBytes() - before) / (double) LINKS);
    }

    static void open(Task task) throws IOException {
        HELD.addAll(open(LINKS, task.port()));
    }

    private static List<Socket> open(int links, int port) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < links; i++) {
            sockets.add(new Greeter(i).open(port));
        }
        return sockets;
    }

    private static void await(Greeted host, int links) throws InterruptedException {
        while (host.links().getAsInt() != links) {
            Thread.sleep(10);
        }
    }

    private static long liveBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
