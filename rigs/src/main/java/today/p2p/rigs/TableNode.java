package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import today.p2p.SyncEntry;
import today.p2p.SyncTable;
import today.p2p.kernel.Limit;
import today.p2p.sync.Refusal;
import today.p2p.sync.SyncStats;

/** A Sync Table in a process of its own, told line by line what to do; it answers each with one line. */
public final class TableNode {
    private static final PrintStream OUT = System.out;

    private final SyncTable<String> table;
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    private TableNode(SyncTable<String> table) {
        this.table = table;
        table.onChange(this::hear);
    }

    /** Arguments: LIMIT=VALUE, each by the name of its constant. */
    public static void main(String[] arguments) throws Exception {
        SyncTable.Builder builder = SyncTable.builder()
                .subnet(Peerage.SUBNET)
                .listen("127.0.0.1", 0)
                .maxOutgoing(0);
        for (String argument : arguments) {
            String[] limit = argument.split("=");
            builder.limit(Limit.valueOf(limit[0]), Long.parseLong(limit[1]));
        }
        try (SyncTable<String> table = builder.start()) {
            OUT.println(table.network().address().port());
            new TableNode(table).serve();
        }
    }

    private void serve() throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (line != null && !line.equals("quit")) {
            OUT.println(answer(line.split(" ")));
            line = in.readLine();
        }
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "fill" -> {
                fill(Integer.parseInt(words[1]), Integer.parseInt(words[2]), content(words));
                yield "filled";
            }
            case "falsy" -> falsy();
            case "truthy" -> truthy();
            case "intact" -> Integer.toString(intact());
            case "kept" -> Integer.toString(kept());
            case "connect" -> {
                int port = Integer.parseInt(words[1]);
                table.network().connect("127.0.0.1", port).get(30, TimeUnit.SECONDS);
                yield "connected";
            }
            case "disconnect" -> {
                table.network()
                        .peers()
                        .forEach(peer -> table.network().disconnect(peer.id()).join());
                yield "disconnected";
            }
            case "heap" -> Long.toString(liveBytes());
            case "digest" -> digest();
            default -> stats();
        };
    }

    private static JoinContent content(String[] words) {
        return new JoinContent(Integer.parseInt(words[3]), Long.parseLong(words[4]));
    }

    private void fill(int from, int to, JoinContent content) {
        for (int index = from; index < to; index++) {
            var put = table.putAsync(JoinContent.key(index), content.next());
            if (index % 1000 == 0 || index == to - 1) {
                put.join();
            }
        }
    }

    private String falsy() {
        for (int index = 0; index < JoinContent.FALSY.size(); index++) {
            table.put(JoinContent.key(index), JoinContent.FALSY.get(index));
        }
        return "put";
    }

    private String truthy() {
        for (int index = 0; index < JoinContent.FALSY.size(); index++) {
            table.put(JoinContent.key(index), "changed " + index);
        }
        return "put";
    }

    /** How many falsy values are there, whoever wrote them. */
    private int intact() {
        int intact = 0;
        for (int index = 0; index < JoinContent.FALSY.size(); index++) {
            intact += JoinContent.FALSY.get(index).equals(table.get(JoinContent.key(index))) ? 1 : 0;
        }
        return intact;
    }

    private int kept() {
        String own = table.network().id().text();
        int kept = 0;
        for (int index = 0; index < JoinContent.FALSY.size(); index++) {
            SyncEntry<String> entry = table.entry(JoinContent.key(index)).orElseThrow();
            boolean isOwn = entry.owner().equals(own);
            kept += isOwn && entry.value().equals(JoinContent.FALSY.get(index)) ? 1 : 0;
        }
        return kept;
    }

    /** Of all entries that nobody has a falsy value for: each is read as an object of Java. */
    private String digest() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String first = JoinContent.key(JoinContent.FALSY.size());
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            if (entry.getKey().compareTo(first) >= 0) {
                SyncEntry<String> whole = table.entry(entry.getKey()).orElseThrow();
                String text = entry.getKey() + ' ' + entry.getValue() + ' ' + whole.owner() + ' ' + whole.time();
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long liveBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        // A collection is skipped while native code holds an array, so one is not enough.
        for (int turn = 0; turn < 4; turn++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            Thread.sleep(50);
        }
        return least;
    }

    private String stats() {
        SyncStats stats = table.stats();
        return "entries=" + stats.entries() + " cost=" + stats.bytes() + " joins=" + stats.joinsReceived() + " sent="
                + stats.joinsSent() + " transfers=" + stats.transfers() + " ready="
                + (table.ready().isDone() ? 1 : 0) + " heard=" + heard + " missed=" + missed + " links="
                + table.network().peers().size() + " limit="
                + stats.refused().getOrDefault(Refusal.LIMIT, 0L) + " present="
                + stats.refused().getOrDefault(Refusal.PRESENT, 0L);
    }

    /** Slower than entries come, so that it is told of a lag. */
    private void hear(SyncTable.Event<String> event) {
        if (event instanceof SyncTable.Event.Lagged<String> lagged) {
            missed.addAndGet(lagged.missed());
        } else if (heard.incrementAndGet() % 16 == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
        }
    }
}
