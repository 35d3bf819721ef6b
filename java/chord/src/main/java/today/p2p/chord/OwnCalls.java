package today.p2p.chord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import today.p2p.chord.ChordOutcome.Refusal;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Size;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
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
    private final Map<Long, Read> reads = new LinkedHashMap<>();

    OwnCalls(NodeId self, NodeLimits limits, Members members, Routing routing, KeyList keys) {
        this.self = self;
        this.limits = limits;
        this.members = members;
        this.routing = routing;
        this.keys = keys;
    }

    /** CRD-24. */
    void get(ChordCall.Get call, Out out) {
        if (mayBegin(call.number(), call.key(), Value.nil(), out) && mayRead(call.number(), out)) {
            read(call.number(), call.key(), (outcome, end) -> end.complete(call.number(), outcome), out);
        }
    }

    /** CRD-8, CRD-11. */
    void put(ChordCall.Put call, Drafts drafts, Out out) {
        boolean mayBegin = mayBegin(call.number(), call.key(), call.value(), out);
        if (!mayBegin || (call.isConfirmed() && !mayRead(call.number(), out))) {
            return;
        }
        boolean isGone = call.value().kind() == Value.Kind.NIL;
        Optional<Draft> news = draft(call.key(), isGone, drafts);
        out.say(
                call.number(),
                () -> Position.of(call.key()).forEach(position -> routing.store(position, call.value(), null, out)),
                call.isConfirmed() ? null : new ChordOutcome.Stored());
        announce(call.key(), isGone, news, out);
        if (call.isConfirmed()) {
            read(
                    call.number(),
                    call.key(),
                    (outcome, end) -> end.complete(call.number(), confirmed(call.value(), outcome)),
                    out);
        }
    }

    private static Outcome confirmed(Value value, Outcome read) {
        boolean isGone = value.kind() == Value.Kind.NIL && read instanceof ChordOutcome.Absent;
        boolean isThere =
                read instanceof ChordOutcome.Found found && found.value().equals(value);
        if (isGone || isThere) {
            return new ChordOutcome.Stored();
        }
        boolean isDecided = read instanceof ChordOutcome.Found || read instanceof ChordOutcome.Absent;
        return isDecided ? new ChordOutcome.NoMajority() : read;
    }

    /** CRD-9: reads, merges here, and sends to each position what leads there to the merged map. */
    void merge(ChordCall.Merge call, Drafts drafts, Out out) {
        if (!Delta.isSound(call.delta())) {
            refuse(call.number(), Refusal.SHAPE, "a key that is an array or a map", out);
        } else if (mayBegin(call.number(), call.key(), call.delta(), out) && mayRead(call.number(), out)) {
            Optional<Draft> news = draft(call.key(), false, drafts);
            Read[] read = new Read[1];
            BiConsumer<Outcome, Out> then = (outcome, end) -> {
                merged(call, read[0], outcome, end);
                if (outcome instanceof ChordOutcome.Absent) {
                    announce(call.key(), false, news, end);
                }
            };
            read[0] = newRead(call.number(), call.key(), then, out);
            read[0].begin(out);
        }
    }

    private void merged(ChordCall.Merge call, Read read, Outcome outcome, Out out) {
        Value before = outcome instanceof ChordOutcome.Found found ? found.value() : Value.map();
        if (!(outcome instanceof ChordOutcome.Found) && !(outcome instanceof ChordOutcome.Absent)) {
            out.complete(call.number(), outcome);
        } else if (!(before instanceof Value.Map map)) {
            refuse(call.number(), Refusal.SHAPE, "the value is no map", out);
        } else {
            Value.Map after = Delta.merge(map, call.delta());
            if (Size.bytes(after) > Limit.MAX_VALUE.standard()) {
                refuse(call.number(), Refusal.TOO_LARGE, "the merged map is above max-value", out);
                return;
            }
            out.say(call.number(), () -> send(call.delta(), after, read, out), new ChordOutcome.Found(after));
        }
    }

    private void send(Value.Map delta, Value.Map after, Read read, Out out) {
        List<Position> positions = read.positions();
        for (int index = 0; index < positions.size(); index++) {
            if (read.agrees(index)) {
                routing.merge(positions.get(index), delta, null, out);
            } else {
                routing.store(positions.get(index), after, null, out);
            }
        }
    }

    void owners(ChordCall.Owners call, Out out) {
        if (!routing.hasRing()) {
            refuse(call.number(), Refusal.NOBODY_JOINED, "neither this node nor a peer of it has joined the ring", out);
            return;
        }
        List<NodeId> nodes = new ArrayList<>();
        for (Position position : Position.of(call.key())) {
            nodes.add(members.owner(position.place()).map(Members.Member::id).orElse(self));
        }
        out.complete(call.number(), new ChordOutcome.Owners(nodes));
    }

    void end(ChordCall.End call, Out out) {
        Read read = reads.get(call.call());
        if (read != null && call.isCancelled()) {
            read.cancel(out);
        } else if (read != null) {
            read.timeOut(out);
        }
        out.complete(call.number(), new Outcome.Done());
    }

    void tick(Out out) {
        for (Read read : List.copyOf(reads.values())) {
            if (!out.now.isAtOrAfter(read.deadline)) {
                return;
            }
            read.timeOut(out);
        }
    }

    OptionalLong deadline() {
        return reads.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(reads.values().iterator().next().deadline);
    }

    void close(Out out) {
        List.copyOf(reads.values()).forEach(read -> read.close(out));
    }

    private void read(long call, Bytes key, BiConsumer<Outcome, Out> end, Out out) {
        newRead(call, key, end, out).begin(out);
    }

    private Read newRead(long call, Bytes key, BiConsumer<Outcome, Out> end, Out out) {
        Read read = new Read(key, routing, deadline(out), (outcome, later) -> {
            reads.remove(call);
            end.accept(outcome, later);
        });
        reads.put(call, read);
        return read;
    }

    private long deadline(Out out) {
        return out.now.nanos() + limits.nanos(Timer.READ_DEADLINE);
    }

    private boolean mayBegin(long call, Bytes key, Value value, Out out) {
        if (!routing.hasRing()) {
            refuse(call, Refusal.NOBODY_JOINED, "neither this node nor a peer of it has joined the ring", out);
        } else if (key.length() > Limit.MAX_KEY.standard()) {
            refuse(call, Refusal.TOO_LARGE, "the key has " + key.length() + " bytes, above max-key", out);
        } else if (Size.bytes(value) > Limit.MAX_VALUE.standard()) {
            refuse(call, Refusal.TOO_LARGE, "the value has " + Size.bytes(value) + " bytes, above max-value", out);
        } else {
            return true;
        }
        return false;
    }

    private boolean mayRead(long call, Out out) {
        boolean hasRoom = reads.size() < limits.of(Limit.MAX_READS);
        if (!hasRoom) {
            refuse(call, Refusal.TOO_MANY, "more than max-reads calls that read", out);
        }
        return hasRoom;
    }

    private static void refuse(long call, Refusal why, String detail, Out out) {
        out.complete(call, new ChordOutcome.Refused(why, detail));
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
