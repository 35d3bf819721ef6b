package today.p2p.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/** Which peers are being sent the entries, and how far each has got: one key a link (SYN-13, SYN-15, SYN-24). */
final class Transfers {
    /** What a join store takes on the wire beside its entry, at most about. */
    private static final int AROUND = 128;

    private final Entries entries;
    private final long chunk;
    private final long foreignChunk;
    private final long patience;
    private final Map<LinkId, Transfer> reached = new TreeMap<>();
    private volatile int count;
    private volatile long sent;

    Transfers(Entries entries, NodeLimits limits) {
        this.entries = entries;
        chunk = limits.portion();
        foreignChunk = Math.min(chunk, limits.of(Limit.FOREIGN_JOIN));
        patience = limits.nanos(Timer.FOREIGN_ANSWER);
    }

    void begin(LinkId link, Lineage peer, Time now) {
        reached.put(link, new Transfer(peer == Lineage.PY2P, null, now.nanos(), false));
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

    /** Whether the peer on a link is to say first that it has read what it was sent (SYN-24). */
    boolean awaitsAnswer(LinkId link) {
        Transfer transfer = reached.get(link);
        return transfer != null && transfer.isWaiting;
    }

    /** The peer on a link has answered; whether it was waited for. */
    boolean answered(LinkId link) {
        boolean isAwaited = awaitsAnswer(link);
        reached.computeIfPresent(link, (key, transfer) -> transfer.answered());
        return isAwaited;
    }

    /** When a peer is waited for no longer. */
    OptionalLong deadline() {
        OptionalLong first = OptionalLong.empty();
        for (Transfer transfer : reached.values()) {
            if (transfer.isWaiting && (first.isEmpty() || transfer.until - first.getAsLong() < 0)) {
                first = OptionalLong.of(transfer.until);
            }
        }
        return first;
    }

    /** The links of the peers that were waited for long enough; none of them is waited for again. */
    List<LinkId> silent(Time now) {
        List<LinkId> links = new ArrayList<>();
        for (Map.Entry<LinkId, Transfer> each : reached.entrySet()) {
            Transfer transfer = each.getValue();
            if (transfer.isWaiting && now.isAtOrAfter(transfer.until)) {
                each.setValue(new Transfer(false, transfer.last, transfer.until, false));
                links.add(each.getKey());
            }
        }
        return links;
    }

    /** The next entries for a link that has room; the transfer is over when these are the last. */
    List<TableEntry> next(LinkId link, Time now) {
        List<TableEntry> portion = new ArrayList<>();
        Transfer transfer = reached.get(link);
        if (transfer == null || transfer.isWaiting) {
            return portion;
        }
        long most = transfer.isForeign ? foreignChunk : chunk;
        long bytes = 0;
        for (TableEntry entry : entries.after(transfer.last)) {
            long more = entry.cost() + AROUND;
            if (!portion.isEmpty() && bytes + more > most) {
                Bytes last = portion.get(portion.size() - 1).key();
                reached.put(link, transfer.at(last, now.nanos() + patience));
                sent += portion.size();
                return portion;
            }
            bytes += more;
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

    /**
     * How far a peer is.
     *
     * @param isForeign whether it could be py2p (SYN-24)
     * @param last the last key that it was sent
     * @param until when it is waited for no longer
     * @param isWaiting whether it is to say first that it has read that
     */
    private record Transfer(boolean isForeign, @Nullable Bytes last, long until, boolean isWaiting) {
        Transfer answered() {
            return new Transfer(isForeign, last, until, false);
        }

        Transfer at(Bytes key, long patienceEnds) {
            return new Transfer(isForeign, key, patienceEnds, isForeign);
        }
    }
}
