package today.p2p.sync;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** What the application of this node writes (SYN-21). */
final class OwnChanges {
    private final Self self;
    private final Ledger ledger;
    private final Neighbours neighbours;
    private final Refusals refusals;

    OwnChanges(Self self, Ledger ledger, Neighbours neighbours, Refusals refusals) {
        this.self = self;
        this.ledger = ledger;
        this.neighbours = neighbours;
        this.refusals = refusals;
    }

    /** Does what is asked, if it may be done, and sends it. */
    Outcome write(SyncCall call, Drafts drafts, List<TableEffect> effects, Time now) {
        TableEntry current = ledger.entries().get(call.key());
        if (!call.expected().matches(current)) {
            return new SyncOutcome.Stale(current);
        }
        boolean isDelta = call instanceof SyncCall.Merge;
        Value value = call instanceof SyncCall.Put put ? put.value() : ((SyncCall.Merge) call).delta();
        if (!isDelta && value.kind() == Value.Kind.NIL && current == null) {
            return new SyncOutcome.Written(null, null);
        }
        int subFlag = isDelta ? Opcode.DELTA.number() : Opcode.STORE.number();
        try {
            Optional<Draft> draft = drafts.broadcast(List.of(Value.of(subFlag), Value.of(call.key()), value));
            if (draft.isEmpty()) {
                return new Outcome.Failed(ErrorCode.LIMIT, "as many equal changes as max-time-raise allows");
            }
            long time = draft.get().time();
            Optional<Told> told = Told.change(subFlag, call.key().compact(), value, self.idValue(), time);
            return told.isEmpty()
                    ? new Outcome.Failed(ErrorCode.SHAPE, "a delta with an array or a map as a key")
                    : apply(told.get(), draft.get(), effects, now);
        } catch (NotEncodableException refused) {
            return new Outcome.Failed(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private Outcome apply(Told told, Draft draft, List<TableEffect> effects, Time now) {
        Ledger.Step step = ledger.apply(told, now);
        if (step.refusal() != null) {
            refusals.count(step.refusal());
            return refused(step, ledger.entries().get(told.key()));
        }
        step.tell(effects);
        effects.add(new TableEffect.Broadcast(draft, neighbours.thoseWhoCannotBear(told)));
        return new SyncOutcome.Written(step.before(), step.after());
    }

    private Outcome refused(Ledger.Step step, @Nullable TableEntry current) {
        if (step.refusal() == Refusal.HELD && current != null) {
            return new SyncOutcome.Held(current, ledger.freeFrom(current));
        }
        Limit limit = step.limit();
        return limit == null
                ? new Outcome.Failed(ErrorCode.SHAPE, "the value is no map")
                : new Outcome.Failed(ErrorCode.LIMIT, tooMuch(limit));
    }

    private static String tooMuch(Limit limit) {
        String what = limit == Limit.MAX_KEY
                ? "the key is longer than "
                : limit == Limit.MAX_VALUE ? "the value is larger than " : "the table is full: ";
        return what + limit.registryName();
    }
}
