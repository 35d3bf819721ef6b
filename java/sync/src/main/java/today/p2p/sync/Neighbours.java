package today.p2p.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;

/** The peers, as far as a table has to tell them apart (SYN-6, SYN-19, SYN-20). */
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
     * Whether a deletion may be sent on a link.
     *
     * @param isPresent whether its key is there
     */
    boolean mayDelete(LinkId link, boolean isPresent) {
        Handshake peer = byLink.get(link);
        return switch (peer == null ? Lineage.KIT : peer.lineage()) {
            case KIT -> true;
            case PY2P -> isPresent;
            case JS2P -> false;
        };
    }

    /** The links on which no deletion is sent, not even of a key that is there. */
    Set<LinkId> thoseWhoCannotDelete() {
        Set<LinkId> links = new HashSet<>(byLink.keySet());
        links.removeIf(link -> mayDelete(link, true));
        return links;
    }
}
