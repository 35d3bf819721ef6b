package today.p2p.chord;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.Questions.Waiter;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Value;

/**
 * Brings questions and changes to the node that is responsible, which may be this one (CRD-14).
 *
 * <p>From one joined node to the next, the distance to the position gets smaller, so that nothing goes in circles; a
 * question of a nearer node goes another way (CRD-17, CRD-35), and ends where it would come back (CRD-18). Nothing goes
 * back on the link on which it came, but by a node that has left.
 */
final class Routing {
    private final int copies;
    private final long settling;
    private final Members members;
    private final Holdings holdings;
    private final Questions questions;
    /** Those that the peer has not been told yet. */
    private final Map<Questions.Key, Deletion> deletions = new HashMap<>();

    Routing(NodeLimits limits, Members members, Holdings holdings, Questions questions) {
        copies = (int) limits.of(Limit.COPIES);
        settling = limits.nanos(Timer.FORGET_AFTER);
        this.members = members;
        this.holdings = holdings;
        this.questions = questions;
    }

    /** Whether anybody is responsible for anything. */
    boolean hasRing() {
        return members.isJoined() || members.joinedPeers() > 0;
    }

    /**
     * Asks for what is held at a position.
     *
     * @param from the link on which the question came; null when it is this node's
     */
    void find(Position position, @Nullable LinkId from, Waiter waiter, Out out) {
        Optional<Members.Member> owner = members.owner(position.place());
        if (owner.isEmpty()) {
            findHere(position, from, waiter, out);
            return;
        }
        Holding holding = holdings.get(position);
        @Nullable LinkId asked = owner.get().link();
        boolean isConfirmed =
                holding != null && holding.confirmed == owner.get().term();
        boolean isFromAhead = false;
        if (from != null && (asked.equals(from) || isNearer(from, position.place()))) {
            isFromAhead = true;
            asked = holding == null ? nextAfter(position.place(), from) : asked;
        }
        // What the owner was not seen to hold is answered here (CRD-27), and so is what a nearer node asks for.
        if (asked == null || (holding != null && (isFromAhead || !isConfirmed))) {
            waiter.answered(holdings.value(position), out);
        } else {
            questions.ask(asked, position, from == null ? doubting(position, owner.get(), waiter, out) : waiter, out);
        }
    }

    /** CRD-36: what an owner lacks that has just joined may still be where it was before. */
    private Waiter doubting(Position position, Members.Member owner, Waiter waiter, Out out) {
        boolean isNew = out.now.since(owner.sinceNanos()) < settling;
        List<Members.Member> nearest = isNew ? members.behind(position.place(), 2) : List.of();
        return nearest.size() > 1 && nearest.get(1).isKit()
                ? new Doubt(position, nearest.get(1).link(), waiter)
                : waiter;
    }

    private boolean isNearer(LinkId link, RingId place) {
        Members.Member peer = members.of(link);
        return peer != null && peer.isJoined() && members.isNearer(peer, place);
    }

    /**
     * Whom to ask for a nearer node that lacks an entry; null when nobody (CRD-17, CRD-35). It asks the next behind
     * itself, which is this node if it knows its neighbours. If it does not, as when it has just joined, the question
     * goes on to where it should have gone.
     */
    private @Nullable LinkId nextAfter(RingId place, LinkId from) {
        if (!members.isJoined()) {
            return null;
        }
        List<Members.Member> nearest = members.behind(place, copies + 2);
        int asker = 0;
        while (asker < nearest.size() && !nearest.get(asker).link().equals(from)) {
            asker++;
        }
        if (asker > copies || asker >= nearest.size()) {
            return nearest.get(0).link(); // it does not know the owner
        }
        if (asker + 1 < nearest.size() && members.isNearer(nearest.get(asker + 1), place)) {
            Members.Member next = nearest.get(asker + 1);
            return next.isKit() ? next.link() : null;
        }
        return members.rank(place, copies + 1) > copies ? null : behindThis(place, nearest, from);
    }

    /** The next peer behind this node. */
    private @Nullable LinkId behindThis(RingId place, List<Members.Member> nearest, LinkId from) {
        return nearest.stream()
                .filter(peer -> !peer.link().equals(from) && peer.isKit() && !members.isNearer(peer, place))
                .map(Members.Member::link)
                .findFirst()
                .orElse(null);
    }

    /** CRD-17: an owner that lacks an entry asks the node that was responsible before it. */
    private void findHere(Position position, @Nullable LinkId from, Waiter waiter, Out out) {
        Value value = holdings.value(position);
        if (!members.isJoined() && value.kind() == Value.Kind.NIL) {
            waiter.lost(out); // nobody is responsible: not even for saying that there is nothing
            return;
        }
        List<Members.Member> before = members.behind(position.place(), 1);
        boolean asks = value.kind() == Value.Kind.NIL
                && !holdings.isDeleted(position)
                && !before.isEmpty()
                && before.get(0).isKit()
                && !before.get(0).link().equals(from);
        if (asks) {
            questions.ask(before.get(0).link(), position, new Adoption(position, waiter), out);
        } else {
            waiter.answered(value, out);
        }
    }

    /**
     * Brings a value, or nil for a deletion, to where it belongs; whether that could be done. It goes back to whoever
     * took this node for the owner, and is that by now, when this node has left (CRD-14).
     */
    boolean store(Position position, Value value, @Nullable LinkId from, Out out) {
        Optional<Members.Member> owner = members.owner(position.place());
        if (owner.isEmpty()) {
            return members.isJoined() && set(position, value, out);
        }
        Members.Member peer = owner.get();
        if (from != null && isNearer(from, position.place())) {
            return keepCopy(position, value, from, peer);
        }
        if (value.kind() == Value.Kind.NIL && !peer.isKit()) {
            delete(new Questions.Key(peer.link(), position), out);
        } else {
            // What is written after a deletion that has not been sent yet stands (CRD-8).
            deletions.remove(new Questions.Key(peer.link(), position));
            out.store(peer.link(), position, value);
        }
        return true;
    }

    private void delete(Questions.Key key, Out out) {
        Deletion before = deletions.get(key);
        if (before == null || before.isAbsent) {
            Deletion deletion = new Deletion(key);
            deletions.put(key, deletion);
            questions.ask(key.link(), key.position(), deletion, out);
        }
    }

    /** Brings a delta to where it belongs; whether that could be done (CRD-9). */
    boolean merge(Position position, Value.Map delta, @Nullable LinkId from, Out out) {
        Optional<Members.Member> owner = members.owner(position.place());
        if (owner.isPresent()) {
            if (from == null || !owner.get().link().equals(from) || !isNearer(from, position.place())) {
                deletions.remove(new Questions.Key(owner.get().link(), position));
                out.delta(owner.get().link(), position, delta);
            }
            return true;
        }
        Value before = holdings.value(position);
        Value base = before.kind() == Value.Kind.NIL ? Value.map() : before;
        return members.isJoined() && base instanceof Value.Map map && set(position, Delta.merge(map, delta), out);
    }

    /** Sends the copies that this node as owner owes (CRD-26); whether there were any. */
    boolean copy(Holding holding, Out out) {
        List<Members.Member> behind = members.behind(holding.place, copies);
        // Who is no longer one of them may forget the copy, and is sent it again when it comes back.
        long[] copied = new long[behind.size()];
        List<Value> store = Out.storing(holding.position, holding.value());
        boolean isSent = false;
        for (int index = 0; index < copied.length; index++) {
            Members.Member peer = behind.get(index);
            boolean isCopied = holding.isCopied(peer.term());
            boolean isNew = !isCopied && peer.isKit() && out.whisper(peer.link(), store);
            copied[index] = isCopied || isNew ? peer.term() : 0;
            isSent |= isNew;
        }
        holding.copied(copied);
        return isSent;
    }

    private boolean set(Position position, Value value, Out out) {
        if (value.kind() == Value.Kind.NIL) {
            holdings.delete(position);
            List<Value> store = Out.storing(position, value);
            members.behind(position.place(), copies).stream()
                    .filter(Members.Member::isKit)
                    .forEach(peer -> out.whisper(peer.link(), store));
            return true;
        }
        Holding before = holdings.get(position);
        boolean isSame = before != null && before.value().equals(value);
        Holding holding = isSame ? before : holdings.put(position, value);
        if (holding != null) {
            copy(holding, out);
        }
        return holding != null;
    }

    /**
     * A nearer node has sent this: a copy, for the case that the owner is lost (CRD-26). It may know of a change of the
     * ring that has not come here, so this node keeps it whatever it knows, and settles it later.
     */
    private boolean keepCopy(Position position, Value value, LinkId from, Members.Member owner) {
        if (!members.isJoined()) {
            return false;
        }
        if (value.kind() == Value.Kind.NIL) {
            holdings.delete(position);
            return true;
        }
        Holding holding = holdings.put(position, value);
        if (holding != null && from.equals(owner.link())) {
            holding.confirmed = owner.term();
        }
        return holding != null;
    }

    /** Has a nil confirmed by the next peer behind the owner (CRD-36). */
    private final class Doubt implements Waiter {
        private final Position position;
        private final LinkId other;
        private final Waiter waiter;
        private boolean isAsked;

        Doubt(Position position, LinkId other, Waiter waiter) {
            this.position = position;
            this.other = other;
            this.waiter = waiter;
        }

        @Override
        public void answered(Value value, Out out) {
            if (value.kind() == Value.Kind.NIL && !isAsked && members.of(other) != null) {
                isAsked = true;
                questions.ask(other, position, this, out);
            } else {
                waiter.answered(value, out);
            }
        }

        @Override
        public void lost(Out out) {
            if (isAsked) {
                waiter.answered(Value.nil(), out);
            } else {
                waiter.lost(out);
            }
        }
    }

    /** Takes over what the node before had, and answers with it. */
    private final class Adoption implements Waiter {
        private final Position position;
        private final Waiter waiter;
        private boolean isDone;

        Adoption(Position position, Waiter waiter) {
            this.position = position;
            this.waiter = waiter;
        }

        @Override
        public void answered(Value value, Out out) {
            boolean isOwner =
                    members.isJoined() && members.owner(position.place()).isEmpty();
            boolean isAbsent = holdings.get(position) == null && !holdings.isDeleted(position);
            if (value.kind() != Value.Kind.NIL && isOwner && isAbsent) {
                set(position, value, out);
            }
            isDone = true;
            waiter.answered(isAbsent ? value : holdings.value(position), out);
        }

        @Override
        public void lost(Out out) {
            if (!isDone) {
                waiter.answered(holdings.value(position), out);
            }
        }
    }

    /** py2p closes the link on which something is deleted that it lacks: it is asked before, once (CRD-11). */
    private final class Deletion implements Waiter {
        private final Questions.Key key;
        private boolean isAbsent;

        Deletion(Questions.Key key) {
            this.key = key;
        }

        @Override
        public void answered(Value value, Out out) {
            if (value.kind() == Value.Kind.NIL) {
                isAbsent = true; // py2p says so at once, and the value later (CRD-15)
            } else if (deletions.remove(key, this)) {
                out.store(key.link(), key.position(), Value.nil());
            }
        }

        @Override
        public void lost(Out out) {
            deletions.remove(key, this); // nobody knows whether it is there, so nothing is sent
        }

        @Override
        public void over(Out out) {
            deletions.remove(key, this);
        }
    }
}
