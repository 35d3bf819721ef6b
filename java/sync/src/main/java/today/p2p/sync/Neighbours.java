package today.p2p.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The peers, as far as a table has to tell them apart (SYN-6, SYN-19, SYN-20, SYN-23). */
final class Neighbours {
    private final Map<LinkId, Handshake> byLink = new TreeMap<>();

    void add(LinkId link, Handshake peer) {
        byLink.put(link, peer);
    }

    void remove(LinkId link) {
        byLink.remove(link);
    }

    void clear() {
        byLink.clear();
    }

    /** Whether the peer on this link has that id. */
    boolean is(LinkId link, Bytes id) {
        Handshake peer = byLink.get(link);
        return peer != null && peer.id().bytes().equals(id);
    }

    /**
     * Whether a change may be sent on a link (SYN-20, SYN-23).
     *
     * @param isPresent whether its key is here
     */
    boolean bears(LinkId link, Told told, boolean isPresent) {
        boolean isDeletion = told.kind() == Told.Kind.DELETION;
        return switch (lineage(link)) {
            case KIT -> true;
            case PY2P -> !isDeletion || isPresent;
            case JS2P -> !isDeletion && isForScripts(told.key(), told.value(), told.kind() == Told.Kind.DELTA);
        };
    }

    /** Whether an entry may be sent on a link as a join store (SYN-23). */
    boolean bears(LinkId link, TableEntry entry) {
        return lineage(link) != Lineage.JS2P || isForScripts(entry.key(), entry.value(), false);
    }

    /** The links on which this change of a key that is here is not sent. */
    Set<LinkId> thoseWhoCannotBear(Told told) {
        Set<LinkId> links = new HashSet<>();
        for (LinkId link : byLink.keySet()) {
            if (!bears(link, told, true)) {
                links.add(link);
            }
        }
        return links;
    }

    /** Whether all may be sent on a link. */
    boolean isKit(LinkId link) {
        return lineage(link) == Lineage.KIT;
    }

    private static boolean isForScripts(Bytes key, Value value, boolean isDelta) {
        return !ScriptNames.isKey(key) && (isDelta || !ScriptNames.isIn(value));
    }

    private Lineage lineage(LinkId link) {
        Handshake peer = byLink.get(link);
        return peer == null ? Lineage.KIT : peer.lineage();
    }
}
