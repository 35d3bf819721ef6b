package today.p2p.node;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.link.DuplicateLink;
import today.p2p.mesh.HostGroup;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.ErrorCode;

/** All links of a node, and which of them may stay (MSH-2, MSH-6). */
final class Links {
    private final NodeLimits limits;
    private final Map<LinkId, Entry> entries = new TreeMap<>();

    Links(NodeLimits limits) {
        this.limits = limits;
    }

    /** Notes a link; why it is closed at once, if it is. */
    Optional<CloseReason> add(Event.LinkUp up) {
        boolean incoming = up.dial().isEmpty();
        Optional<String> limit = incoming ? fullFor(up.remote().host()) : Optional.empty();
        if (limit.isEmpty()) {
            // What a refused link says before it is closed is nobody's: its handshake makes no peer (MSH-6).
            HostGroup group = HostGroup.of(up.remote().host());
            entries.put(up.link(), new Entry(up.link(), up.remote(), group, up.dial(), false));
        }
        return limit.map(name -> CloseReason.rule(ErrorCode.LIMIT, "more links than " + name));
    }

    Optional<Entry> of(LinkId link) {
        return Optional.ofNullable(entries.get(link));
    }

    Optional<Entry> remove(LinkId link) {
        return Optional.ofNullable(entries.remove(link));
    }

    /** Notes that the handshake was accepted. */
    void greeted(Entry entry) {
        entries.put(entry.link, new Entry(entry.link, entry.remote, entry.group, entry.dial, true));
    }

    Collection<Entry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** Whether the newer of two links to one peer stays (MSH-2). */
    boolean replaces(Entry newer, Peer older, NodeId own, Time now) {
        boolean sameSideDialled = newer.isOutgoing() == older.isOutgoing();
        boolean simultaneous = now.since(older.sinceNanos()) < limits.nanos(Timer.DUPLICATE_WITHIN);
        // Nothing proves an id: a live link is not given up to whoever claims its peer's.
        return !sameSideDialled
                && simultaneous
                && DuplicateLink.decide(own, older.info().id(), newer.isOutgoing()) == DuplicateLink.CLOSE_OLD;
    }

    private Optional<String> fullFor(String host) {
        HostGroup group = HostGroup.of(host);
        long sameHost = entries.values().stream()
                .filter(entry -> !entry.isOutgoing() && entry.group.equals(group))
                .count();
        long greeting = entries.values().stream()
                .filter(entry -> !entry.isOutgoing() && !entry.isGreeted)
                .count();
        if (entries.size() >= limits.of(Limit.MAX_LINKS)) {
            return Optional.of("max-links");
        }
        if (sameHost >= limits.of(Limit.MAX_LINKS_PER_ADDRESS)) {
            return Optional.of("max-links-per-address");
        }
        return greeting >= limits.of(Limit.MAX_HANDSHAKES) ? Optional.of("max-handshakes") : Optional.empty();
    }

    /** One link whose transport is up. */
    record Entry(LinkId link, Address remote, HostGroup group, OptionalLong dial, boolean isGreeted) {
        boolean isOutgoing() {
            return dial.isPresent();
        }
    }
}
