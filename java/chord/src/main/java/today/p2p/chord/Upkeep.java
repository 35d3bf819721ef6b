package today.p2p.chord;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** Keeps the links that the ring needs: the nearest nodes on both sides, and one in each octave ahead. */
final class Upkeep {
    private static final Value ASTERISK = Value.of(Bytes.ofUtf8("*"));
    private static final int NEAREST = 2;

    private final NodeLimits limits;
    private final RandomGenerator random;
    private final Members members;
    private final RingId self;
    private long next;
    private long last;
    /** When a peer last came or went, joined or left. */
    private long stirred;

    private int turn;
    private boolean isRunning;
    private Set<LinkId> pinged = Set.of();

    Upkeep(NodeId self, NodeLimits limits, RandomGenerator random, Members members) {
        this.self = RingId.of(self);
        this.limits = limits;
        this.random = random;
        this.members = members;
    }

    /** There is a peer. */
    void begin(Out out) {
        if (!isRunning) {
            isRunning = true;
            last = out.now.nanos();
            stirred = last;
            plan(out);
        }
        stir(out);
    }

    /** A peer has come or gone, joined or left, or this node has: rounds come often for a while (CRD-39). */
    void stir(Out out) {
        boolean wasCalm = isRunning && isCalm(out);
        stirred = out.now.nanos();
        if (wasCalm) {
            long before = next;
            plan(out);
            next = before - next < 0 ? before : next;
        }
    }

    private boolean isCalm(Out out) {
        return out.now.since(stirred) >= limits.nanos(Timer.CALM_AFTER);
    }

    /** A joined peer is gone: soon, and not too often (CRD-19). */
    void hurry(Out out) {
        long early = Math.max(out.now.nanos(), last + limits.nanos(Timer.UPKEEP_AGAIN));
        if (isRunning && early - next < 0) {
            next = early;
        }
    }

    void end() {
        isRunning = false;
    }

    OptionalLong deadline() {
        return isRunning ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** Asks a few peers for their peers, if it is time (CRD-19). */
    boolean tick(Out out) {
        if (!isRunning || !out.now.isAtOrAfter(next)) {
            return false;
        }
        last = out.now.nanos();
        plan(out);
        List<LinkId> askable = askable();
        if (isCalm(out) && !askable.isEmpty()) {
            askable = List.of(askable.get(turn++ % askable.size()));
        }
        askable.forEach(link -> out.mention(link, Opcode.REQUEST, ASTERISK));
        ping(out);
        return true;
    }

    private List<LinkId> askable() {
        Set<LinkId> askable = new LinkedHashSet<>();
        members.ahead(self, NEAREST).forEach(member -> askable.add(member.link()));
        members.behind(self, NEAREST).forEach(member -> askable.add(member.link()));
        List<Members.Member> all = new ArrayList<>(members.all());
        if (!all.isEmpty()) {
            askable.add(all.get(random.nextInt(all.size())).link());
        }
        return List.copyOf(askable);
    }

    /** Lets each peer show once that it answers, without which its death would not be seen (CRD-34). */
    private void ping(Out out) {
        Set<LinkId> links = new HashSet<>();
        for (Members.Member peer : members.all()) {
            links.add(peer.link());
            if (peer.isKit() && !pinged.contains(peer.link())) {
                out.mention(peer.link(), Opcode.PING);
            }
        }
        pinged = links;
    }

    /** Whether a node would be one of those that this node keeps links to (CRD-20). */
    boolean wants(PeerInfo named) {
        if (members.all().size() >= limits.of(Limit.MAX_RING_LINKS)) {
            return false;
        }
        RingId place = RingId.of(named.id());
        int wanted = (int) limits.of(Limit.RING_NEIGHBOURS);
        return isNeighbour(members.ahead(self, wanted), place, wanted, true)
                || isNeighbour(members.behind(self, wanted), place, wanted, false)
                || isNewOctave(place);
    }

    private boolean isNeighbour(List<Members.Member> nearest, RingId place, int wanted, boolean ahead) {
        if (nearest.size() < wanted) {
            return true;
        }
        RingId furthest = nearest.get(wanted - 1).place();
        return ahead ? self.distanceTo(place).compareTo(self.distanceTo(furthest)) < 0 : self.isNearer(place, furthest);
    }

    /** Whether no joined peer is as far ahead, by the power of two. */
    private boolean isNewOctave(RingId place) {
        int octave = self.distanceTo(place).bitLength();
        return members.all().stream()
                .filter(Members.Member::isJoined)
                .noneMatch(member -> self.distanceTo(member.place()).bitLength() == octave);
    }

    private void plan(Out out) {
        long every = limits.nanos(isCalm(out) ? Timer.UPKEEP_CALM : Timer.UPKEEP_EVERY);
        long fifth = Math.max(1, every / 5);
        next = out.now.nanos() + every - fifth + random.nextLong(2 * fifth);
    }
}
