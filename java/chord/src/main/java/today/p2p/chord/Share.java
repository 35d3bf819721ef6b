package today.p2p.chord;

import java.math.BigInteger;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Call;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/**
 * One node's share of a Chord Table (chapter 15): what peers tell and what the application asks goes in, effects
 * come out.
 *
 * <p>All methods of {@link today.p2p.kernel.Table} belong to one thread; {@link #keys}, {@link #isJoined},
 * {@link #stats} and {@link #ring} may be called on any.
 */
public final class Share implements today.p2p.kernel.Table {
    private static final int STORE_ITEMS = 4;
    private static final int RETRIEVE_ITEMS = 3;
    private static final int META_ITEMS = 2;
    private static final int NOTIFY_ITEMS = 2;
    private static final Bytes JOINED = Bytes.ofUtf8("0");
    private static final Bytes LEECHING = Bytes.ofUtf8("1");

    private final NodeId self;
    private final NodeLimits limits;
    private final Outbox outbox;
    private final Members members;
    private final Holdings holdings;
    private final Questions questions;
    private final Routing routing;
    private final Relays relays;
    private final KeyList keys;
    private final OwnCalls own;
    private final Upkeep upkeep;
    private final Handover handover;
    private final Leaving leaving;
    private volatile boolean isJoined;

    /** An empty share of a node that is leeching. All its chances are drawn from {@code random}. */
    public Share(Self self, NodeLimits limits, RandomGenerator random) {
        this.self = self.id();
        this.limits = limits;
        outbox = new Outbox(limits);
        members = new Members(self.id());
        holdings = new Holdings(limits);
        questions = new Questions(limits);
        routing = new Routing(limits, members, holdings, questions);
        relays = new Relays(limits, routing, holdings, questions);
        keys = new KeyList(limits);
        own = new OwnCalls(self.id(), limits, members, routing, keys);
        upkeep = new Upkeep(self.id(), limits, random, members);
        handover = new Handover(limits, members, holdings, routing, questions);
        leaving = new Leaving(limits, members, holdings);
    }

    /** The key list: what was announced here, which is hearsay (CRD-12). A live view that cannot be written to. */
    public NavigableSet<Bytes> keys() {
        return keys.view();
    }

    /** Whether this node has joined the ring. */
    public boolean isJoined() {
        return isJoined;
    }

    /** Figures of this moment. */
    public ChordStats stats() {
        return new ChordStats(
                holdings.count(), holdings.cost(), keys.count(), questions.count(), members.joinedPeers());
    }

    /** The ring as this node sees it now. */
    public Ring ring() {
        return Ring.of(self, isJoined, members.everyone(), limits, holdings.counts(), keys.count());
    }

    /** All that is held here of the ring, copies included, as it is now; for whoever looks at a share from outside. */
    public List<Held> held() {
        return holdings.after(null).stream()
                .map(holding -> new Held(holding.position.table(), holding.position.number(), holding.value()))
                .toList();
    }

    @Override
    public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
        Out out = new Out(now, outbox);
        // The mesh has moved the peer to this link: what was known over the other one is no longer so.
        members.linkOf(peer.id()).ifPresent(older -> drop(older, out));
        members.add(link, peer);
        outbox.begin(link);
        out.meta(link, members.isJoined());
        keys.begin(link, peer.lineage() == Lineage.KIT, now);
        tellKeys(link, out);
        upkeep.begin(out);
        return out.effects();
    }

    @Override
    public List<TableEffect> left(LinkId link, Time now) {
        Out out = new Out(now, outbox);
        if (drop(link, out)) {
            upkeep.hurry(out);
        }
        leaving.look(out);
        return out.effects();
    }

    /** A link is over; whether its peer had joined. */
    private boolean drop(LinkId link, Out out) {
        keys.end(link);
        relays.left(link);
        outbox.left(link, out);
        if (members.of(link) != null) {
            upkeep.stir(out);
        }
        boolean hadJoined = members.remove(link);
        if (hadJoined) {
            handover.wake(out);
        }
        questions.left(link, out);
        return hadJoined;
    }

    @Override
    public List<TableEffect> received(Event.Received message, Time now) {
        Out out = new Out(now, outbox);
        List<Value> payload = message.frame().message().payload();
        boolean isWhisper = message.type() == Opcode.WHISPER.number();
        if (message.subFlag() == Opcode.NOTIFY.number()) {
            notified(payload, out);
        } else if (isWhisper && message.subFlag() == Opcode.HANDSHAKE.number()) {
            meta(message.link(), payload, out);
        } else if (isWhisper && payload.size() >= RETRIEVE_ITEMS) {
            Optional<Position> position = Position.read(payload);
            if (position.isPresent()) {
                onPosition(message, position.get(), payload, out);
            }
        }
        leaving.look(out);
        return out.effects();
    }

    private void onPosition(Event.Received message, Position position, List<Value> payload, Out out) {
        LinkId link = message.link();
        boolean hasValue = payload.size() == STORE_ITEMS;
        if (message.subFlag() == Opcode.RETRIEVE.number() && payload.size() == RETRIEVE_ITEMS) {
            relays.asked(link, position, payload.get(1), payload.get(2), out);
        } else if (message.subFlag() == Opcode.RETRIEVED.number() && hasValue) {
            questions.answered(link, position, payload.get(3), out);
        } else if (message.subFlag() == Opcode.STORE.number() && hasValue) {
            routing.store(position, payload.get(3), link, out);
        } else if (message.subFlag() == Opcode.DELTA.number()
                && hasValue
                && payload.get(3) instanceof Value.Map delta
                && Delta.isSound(delta)) {
            routing.merge(position, delta, link, out);
        }
    }

    /** CRD-4. */
    private void meta(LinkId link, List<Value> payload, Out out) {
        if (payload.size() != META_ITEMS || !(payload.get(1) instanceof Value.ByteString state)) {
            return;
        }
        boolean joins = state.bytes().equals(JOINED);
        if ((joins || state.bytes().equals(LEECHING)) && members.set(link, joins, out.now)) {
            upkeep.stir(out);
            if (!joins) {
                upkeep.hurry(out);
                questions.left(link, out); // what it has handed over it does not have
            }
            handover.wake(out);
        }
    }

    /** CRD-12, CRD-13. */
    private void notified(List<Value> payload, Out out) {
        boolean isGone = payload.size() == NOTIFY_ITEMS + 1;
        if ((payload.size() != NOTIFY_ITEMS && !isGone) || !(payload.get(1) instanceof Value.ByteString name)) {
            return;
        }
        if (isGone ? keys.remove(name.bytes()) : keys.add(name.bytes())) {
            Bytes key = name.bytes().compact();
            out.news(isGone ? new ChordNews.Deleted(key) : new ChordNews.Added(key));
        }
    }

    private void tellKeys(LinkId link, Out out) {
        for (Bytes key : keys.next(link, out.now)) {
            out.notify(link, key);
        }
        if (keys.isWaitingForRoom(link)) {
            out.perform(new Effect.AskRoom(link));
        }
    }

    @Override
    public boolean mayRelay(Event.Received message, LinkId to) {
        return true;
    }

    @Override
    public boolean wants(PeerInfo named) {
        return upkeep.wants(named);
    }

    @Override
    public List<TableEffect> hasRoom(LinkId link, Time now) {
        Out out = new Out(now, outbox);
        outbox.room(link, out);
        if (!outbox.isWaiting(link)) {
            tellKeys(link, out);
        }
        return out.effects();
    }

    @Override
    public boolean isSendingTo(LinkId link) {
        return false;
    }

    @Override
    public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
        Out out = new Out(now, outbox);
        if (call instanceof ChordCall.Get get) {
            own.get(get, out);
        } else if (call instanceof ChordCall.Put put) {
            own.put(put, drafts, out);
        } else if (call instanceof ChordCall.Merge merge) {
            own.merge(merge, drafts, out);
        } else if (call instanceof ChordCall.Owners owners) {
            own.owners(owners, out);
        } else if (call instanceof ChordCall.End end) {
            own.end(end, out);
        } else if (call instanceof ChordCall.Join) {
            leaving.cancel(out);
            announce(true, out);
            out.complete(call.number(), new today.p2p.kernel.Outcome.Done());
        } else if (call instanceof ChordCall.Leave) {
            announce(false, out);
            leaving.begin(call.number(), out);
        } else {
            out.perform(Effect.Complete.failed(call.number(), ErrorCode.NOOP, "not a call of a Chord Table"));
        }
        return out.effects();
    }

    /** CRD-3, CRD-5. */
    private void announce(boolean joins, Out out) {
        if (members.isJoined() != joins) {
            isJoined = joins;
            members.join(joins);
            upkeep.stir(out);
            members.all().forEach(peer -> out.meta(peer.link(), joins));
            handover.wake(out);
        }
    }

    @Override
    public List<TableEffect> tick(Time now) {
        Out out = new Out(now, outbox);
        questions.tick(out);
        own.tick(out);
        if (upkeep.tick(out)) {
            handover.wake(out);
            handover.copyAgain(out);
        }
        handover.tick(out);
        leaving.tick(out);
        keys.due(now).forEach(link -> tellKeys(link, out));
        return out.effects();
    }

    @Override
    public OptionalLong deadline() {
        // Asked after every event, so without streams.
        OptionalLong first = earlier(questions.deadline(), own.deadline());
        OptionalLong second = earlier(upkeep.deadline(), handover.deadline());
        return earlier(earlier(first, second), earlier(leaving.deadline(), keys.deadline()));
    }

    /** Of two moments the first; empty when there is none. */
    static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        boolean isFirst = other.isEmpty() || (one.isPresent() && one.getAsLong() - other.getAsLong() <= 0);
        return isFirst ? one : other;
    }

    @Override
    public List<TableEffect> close() {
        Out out = new Out(new Time(0, 0), outbox);
        own.close(out);
        outbox.close(out);
        leaving.cancel(out);
        questions.clear();
        handover.clear();
        relays.clear();
        keys.endAll();
        upkeep.end();
        members.clear();
        return out.effects();
    }

    /**
     * What stands at one position.
     *
     * @param number as {@link Table#position} gives it
     */
    public record Held(Table table, BigInteger number, Value value) {}
}
