package today.p2p.chord;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Size;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** What the application of this node reads and writes. */
final class OwnCalls {
    private final NodeId self;
    private final NodeLimits limits;
    private final Members members;
    private final Routing routing;
    private final KeyList keys;
    // In the order of their deadlines, which are all equally far.
    private final Set<Read> reads = new LinkedHashSet<>();

    OwnCalls(NodeId self, NodeLimits limits, Members members, Routing routing, KeyList keys) {
        this.self = self;
        this.limits = limits;
        this.members = members;
        this.routing = routing;
        this.keys = keys;
    }

    /** CRD-24. */
    void get(ChordCall.Get call, Out out) {
        if (mayBegin(call.number(), call.key(), Value.nil(), out)) {
            read(call.key(), (outcome, end) -> end.complete(call.number(), outcome), out);
        }
    }

    /** CRD-8, CRD-11. */
    void put(ChordCall.Put call, Drafts drafts, Out out) {
        if (!mayBegin(call.number(), call.key(), call.value(), out)) {
            return;
        }
        Optional<Draft> news = draft(call.key(), call.value().kind() == Value.Kind.NIL, drafts);
        for (Position position : Position.of(call.key())) {
            routing.store(position, call.value(), null, out);
        }
        announce(call.key(), call.value().kind() == Value.Kind.NIL, news, out);
        if (call.isConfirmed()) {
            read(call.key(), (outcome, end) -> end.complete(call.number(), confirmed(call.value(), outcome)), out);
        } else {
            out.complete(call.number(), new ChordOutcome.Stored());
        }
    }

    private static Outcome confirmed(Value value, Outcome read) {
        boolean isGone = value.kind() == Value.Kind.NIL && read instanceof ChordOutcome.Absent;
        boolean isThere =
                read instanceof ChordOutcome.Found found && found.value().equals(value);
        if (isGone || isThere) {
            return new ChordOutcome.Stored();
        }
        return read instanceof ChordOutcome.TimedOut ? read : new ChordOutcome.NoMajority();
    }

    /** CRD-9: reads, merges here, and sends to each position what leads there to the merged map. */
    void merge(ChordCall.Merge call, Drafts drafts, Out out) {
        if (!Delta.isSound(call.delta())) {
            out.perform(Effect.Complete.failed(call.number(), ErrorCode.SHAPE, "a key that is an array or a map"));
        } else if (mayBegin(call.number(), call.key(), call.delta(), out)) {
            Optional<Draft> news = draft(call.key(), false, drafts);
            Read[] read = new Read[1];
            read[0] = new Read(call.key(), routing, deadline(out), (outcome, end) -> {
                reads.remove(read[0]);
                merged(call, read[0], outcome, end);
                if (outcome instanceof ChordOutcome.Absent) {
                    announce(call.key(), false, news, end);
                }
            });
            reads.add(read[0]);
            read[0].begin(out);
        }
    }

    private void merged(ChordCall.Merge call, Read read, Outcome outcome, Out out) {
        Value before = outcome instanceof ChordOutcome.Found found ? found.value() : Value.map();
        if (!(outcome instanceof ChordOutcome.Found) && !(outcome instanceof ChordOutcome.Absent)) {
            out.complete(call.number(), outcome);
        } else if (!(before instanceof Value.Map map)) {
            out.perform(Effect.Complete.failed(call.number(), ErrorCode.SHAPE, "the value is no map"));
        } else {
            Value.Map after = Delta.merge(map, call.delta());
            List<Position> positions = read.positions();
            for (int index = 0; index < positions.size(); index++) {
                if (read.agrees(index)) {
                    routing.merge(positions.get(index), call.delta(), null, out);
                } else {
                    routing.store(positions.get(index), after, null, out);
                }
            }
            out.complete(call.number(), new ChordOutcome.Found(after));
        }
    }

    void owners(ChordCall.Owners call, Out out) {
        if (!routing.hasRing()) {
            out.perform(noRing(call.number()));
            return;
        }
        List<NodeId> nodes = new ArrayList<>();
        for (Position position : Position.of(call.key())) {
            nodes.add(members.owner(position.place()).map(Members.Member::id).orElse(self));
        }
        out.complete(call.number(), new ChordOutcome.Owners(nodes));
    }

    void tick(Out out) {
        for (Read read : List.copyOf(reads)) {
            if (!out.now.isAtOrAfter(read.deadline)) {
                return;
            }
            read.timeOut(out);
        }
    }

    OptionalLong deadline() {
        return reads.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(reads.iterator().next().deadline);
    }

    void close(Out out) {
        List.copyOf(reads).forEach(read -> read.timeOut(out));
    }

    private void read(Bytes key, BiConsumer<Outcome, Out> end, Out out) {
        Read[] read = new Read[1];
        read[0] = new Read(key, routing, deadline(out), (outcome, later) -> {
            reads.remove(read[0]);
            end.accept(outcome, later);
        });
        reads.add(read[0]);
        read[0].begin(out);
    }

    private long deadline(Out out) {
        return out.now.nanos() + limits.nanos(Timer.READ_DEADLINE);
    }

    private boolean mayBegin(long call, Bytes key, Value value, Out out) {
        if (!routing.hasRing()) {
            out.perform(noRing(call));
            return false;
        }
        boolean isTooLarge =
                key.length() > Limit.MAX_KEY.standard() || Size.of(value).bytes() > Limit.MAX_VALUE.standard();
        if (isTooLarge || reads.size() >= limits.of(Limit.MAX_READS)) {
            String why = isTooLarge ? "max-key or max-value" : "more than max-reads reads";
            out.perform(Effect.Complete.failed(call, ErrorCode.LIMIT, why));
            return false;
        }
        return true;
    }

    private static Effect noRing(long call) {
        return Effect.Complete.failed(call, ErrorCode.ABSENT, "no node that has joined");
    }

    /** The announcement of a key that is new, or of one that goes (CRD-12); empty when there is nothing to say. */
    private Optional<Draft> draft(Bytes key, boolean isGone, Drafts drafts) {
        if (keys.holds(key) != isGone) {
            return Optional.empty();
        }
        Value name = Value.of(key);
        Value notify = Value.of(Opcode.NOTIFY.number());
        try {
            return drafts.broadcast(
                    isGone ? List.of(notify, name, Value.of(Bytes.ofUtf8("del"))) : List.of(notify, name));
        } catch (NotEncodableException aboveOurLimit) {
            return Optional.empty();
        }
    }

    private void announce(Bytes key, boolean isGone, Optional<Draft> draft, Out out) {
        if (isGone ? keys.remove(key) : keys.add(key)) {
            out.news(isGone ? new ChordNews.Deleted(key) : new ChordNews.Added(key));
            draft.ifPresent(out::broadcast);
        }
    }
}
