package today.p2p.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
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
import today.p2p.mesh.LinkMap;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.ErrorCode;

/** All links of a node, and which of them may stay (MSH-2, MSH-6). None takes longer the more there are. */
final class Links {
    private final NodeLimits limits;
    private final LinkMap<Entry> entries = new LinkMap<>();
    /** From where incoming links are. */
    private final Map<HostGroup, Host> hosts = new LinkedHashMap<>();
    /** Of the incoming ones, those without a handshake. */
    private long greeting;

    Links(NodeLimits limits) {
        this.limits = limits;
    }

    /** Notes a link; why it is closed at once, if it is. */
    Optional<CloseReason> add(Event.LinkUp up) {
        @Nullable Host host = null;
        if (up.dial().isEmpty()) {
            HostGroup group = HostGroup.of(up.remote().host());
            host = hosts.getOrDefault(group, new Host(group));
            Optional<String> limit = fullFor(host);
            if (limit.isPresent()) {
                // What a refused link says before it is closed is nobody's: its handshake makes no peer (MSH-6).
                return limit.map(name -> CloseReason.rule(ErrorCode.LIMIT, "more links than " + name));
            }
            hosts.put(host.group, host);
            host.links++;
            greeting++;
        }
        entries.put(up.link(), new Entry(up, host));
        return Optional.empty();
    }

    Optional<Entry> of(LinkId link) {
        return Optional.ofNullable(entries.get(link));
    }

    Optional<Entry> remove(LinkId link) {
        Entry gone = entries.remove(link);
        if (gone != null && gone.host != null) {
            greeting -= gone.isGreeted ? 0 : 1;
            gone.host.links--;
            if (gone.host.links == 0) {
                hosts.remove(gone.host.group);
            }
        }
        return Optional.ofNullable(gone);
    }

    /** Notes that the handshake was accepted. */
    void greeted(Entry entry) {
        greeting -= entry.host == null || entry.isGreeted ? 0 : 1;
        entry.isGreeted = true;
    }

    /** How many there are. */
    int count() {
        return entries.size();
    }

    List<Entry> all() {
        return Collections.unmodifiableList(entries.values());
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

    private Optional<String> fullFor(Host host) {
        if (entries.size() >= limits.of(Limit.MAX_LINKS)) {
            return Optional.of("max-links");
        }
        if (host.links >= limits.of(Limit.MAX_LINKS_PER_ADDRESS)) {
            return Optional.of("max-links-per-address");
        }
        return greeting >= limits.of(Limit.MAX_HANDSHAKES) ? Optional.of("max-handshakes") : Optional.empty();
    }

    /** One link whose transport is up. */
    static final class Entry {
        private final LinkId link;
        private final Address remote;
        private final OptionalLong dial;
        private final @Nullable Host host;
        private boolean isGreeted;

        private Entry(Event.LinkUp up, @Nullable Host host) {
            link = up.link();
            remote = up.remote();
            dial = up.dial();
            this.host = host;
        }

        LinkId link() {
            return link;
        }

        Address remote() {
            return remote;
        }

        OptionalLong dial() {
            return dial;
        }

        boolean isGreeted() {
            return isGreeted;
        }

        boolean isOutgoing() {
            return dial.isPresent();
        }
    }

    /** From where there are so many incoming links. */
    private static final class Host {
        private final HostGroup group;
        private long links;

        Host(HostGroup group) {
            this.group = group;
        }
    }
}
