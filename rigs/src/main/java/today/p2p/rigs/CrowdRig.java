package today.p2p.rigs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Limit;

/** One peer tells a table of a million keys, half as writes, half as a transfer: what is too much is refused. */
final class CrowdRig implements Rig {
    private static final int STORE = 11;
    private static final int PROGRESS = 100_000;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public String description() {
        return "1,000,000 keys from one hostile peer: refused at max-entries, nothing lost, no honest link harmed";
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int keys = options.entries(1_000_000);
        String heap = options.heap("256m");
        Report.figure("nodes", "two tables with -Xmx" + heap + " and every limit at its default");
        try (TableProcess victim = new TableProcess(heap);
                TableProcess honest = new TableProcess(heap)) {
            honest.connect(victim.address());
            honest.tell("falsy");
            int own = JoinContent.FALSY.size();
            while (victim.figures().of("entries") < own) {
                Thread.sleep(10);
            }
            long began = System.nanoTime();
            ProtocolId protocol = ProtocolId.of(Peerage.SUBNET + "1", Encryption.PLAINTEXT);
            try (Socket hostile = Links.open(victim.address(), 7, protocol)) {
                flood(hostile, keys);
                long room = Limit.MAX_ENTRIES.standard() - own;
                long refused = Math.max(0, keys - room);
                while (victim.isAlive() && victim.figures().of("limit") < refused) {
                    Thread.sleep(100);
                }
                Report.figure("told in", "%.0f s".formatted((System.nanoTime() - began) / 1e9));
                return judge(victim, honest, Math.min(room, keys) + own, refused);
            }
        }
    }

    private static boolean judge(TableProcess victim, TableProcess honest, long entries, long refused)
            throws IOException, InterruptedException {
        TableProcess.Figures figures = victim.figures();
        Report.figure("live heap", victim.liveBytes() / 1024 + " KiB");
        Report.figure("resident memory", victim.footprint().peakResidentBytes() / (1 << 20) + " MiB at most");
        boolean held = Report.holds(
                "%,d keys were taken and %,d refused with LIMIT".formatted(entries, refused),
                figures.of("entries") == entries && figures.of("limit") == refused);
        held &= Report.holds(
                "no entry of the honest node was lost", victim.tell("intact").equals("7"));
        held &= Report.holds("its link lives", honest.figures().of("links") == 1);
        honest.tell("truthy");
        long until = System.nanoTime() + 60_000_000_000L;
        boolean arrived = false;
        while (!arrived && System.nanoTime() < until) {
            Thread.sleep(100);
            arrived = victim.tell("intact").equals("0");
        }
        return held & Report.holds("it changes what it has in the full table", arrived);
    }

    /** Tells of so many keys, and reads what it is told, as a peer has to that is to be kept. */
    private static void flood(Socket hostile, int keys) throws IOException {
        Thread reader = new Thread(() -> drain(hostile), "hostile-reader");
        reader.setDaemon(true);
        reader.start();
        OutputStream out = hostile.getOutputStream();
        String id = Peerage.id(7);
        for (int index = 0; index < keys; index++) {
            long now = System.currentTimeMillis() / 1000;
            byte[] key = ("crowd " + index).getBytes(StandardCharsets.UTF_8);
            boolean isJoin = index % 2 == 1;
            RawFrame frame = new RawFrame()
                    .array(isJoin ? 8 : 6)
                    .integer(isJoin ? 2 : 0)
                    .text(id)
                    .integer(now)
                    .integer(STORE)
                    .binary(key)
                    .integer(index);
            out.write((isJoin ? frame.text(Peerage.id(index)).integer(now) : frame).frame());
            if (index % PROGRESS == 0) {
                Report.line("  %,d keys".formatted(index));
            }
        }
    }

    private static void drain(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // The flood is over, or the node has closed: the writer sees it too.
            return;
        }
    }
}
