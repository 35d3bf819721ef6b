package today.p2p.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;

/** Which peers are being sent the entries, and how far each has got: one key a link (SYN-13, SYN-15). */
final class Transfers {
    /** What a join store takes on the wire beside its entry, at most about. */
    private static final int AROUND = 128;

    private final Entries entries;
    private final long chunk;
    private final Map<LinkId, Optional<Bytes>> reached = new TreeMap<>();
    private volatile int count;
    private volatile long sent;

    Transfers(Entries entries, NodeLimits limits) {
        this.entries = entries;
        chunk = limits.portion();
    }

    void begin(LinkId link) {
        reached.put(link, Optional.empty());
        count = reached.size();
    }

    void end(LinkId link) {
        reached.remove(link);
        count = reached.size();
    }

    void endAll() {
        reached.clear();
        count = 0;
    }

    boolean isOn(LinkId link) {
        return reached.containsKey(link);
    }

    /** The next entries for a link that has room; the transfer is over when these are the last. */
    List<TableEntry> next(LinkId link) {
        List<TableEntry> portion = new ArrayList<>();
        Optional<Bytes> from = reached.get(link);
        if (from == null) {
            return portion;
        }
        long bytes = 0;
        for (TableEntry entry : entries.after(from.orElse(null))) {
            bytes += entry.cost() + AROUND;
            if (!portion.isEmpty() && bytes > chunk) {
                reached.put(link, Optional.of(portion.get(portion.size() - 1).key()));
                sent += portion.size();
                return portion;
            }
            portion.add(entry);
        }
        sent += portion.size();
        end(link);
        return portion;
    }

    int count() {
        return count;
    }

    long sent() {
        return sent;
    }
}
