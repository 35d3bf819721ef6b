package today.p2p.chord;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.Questions.Waiter;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** One read of a key: five questions, and what three of five say (CRD-21 to CRD-25). */
final class Read {
    private static final int MAJORITY = 3;
    private static final int TRIES = 3;

    final long deadline;
    private final List<Position> positions;
    private final Routing routing;
    private final BiConsumer<Outcome, Out> end;
    private final Slot[] slots;
    private @Nullable Value decided;
    private boolean isDone;

    Read(Bytes key, Routing routing, long deadline, BiConsumer<Outcome, Out> end) {
        positions = Position.of(key);
        this.routing = routing;
        this.deadline = deadline;
        this.end = end;
        slots = new Slot[positions.size()];
        for (int index = 0; index < slots.length; index++) {
            slots[index] = new Slot(positions.get(index));
        }
    }

    void begin(Out out) {
        for (Slot slot : slots) {
            slot.ask(out);
        }
    }

    List<Position> positions() {
        return positions;
    }

    /** Whether this position has said what was decided. */
    boolean agrees(int index) {
        return decided != null && decided.equals(slots[index].answer);
    }

    /** The time is up (CRD-23). */
    void timeOut(Out out) {
        if (!isDone) {
            finish(nils() >= MAJORITY ? new ChordOutcome.Absent() : new ChordOutcome.TimedOut(answers()), out);
        }
    }

    /** Nobody wants to know any more. */
    void cancel(Out out) {
        if (!isDone) {
            finish(new ChordOutcome.TimedOut(answers()), out);
        }
    }

    /** The node was closed. */
    void close(Out out) {
        if (!isDone) {
            finish(new ChordOutcome.Refused(ChordOutcome.Refusal.CLOSED, "the node was closed"), out);
        }
    }

    /** Looks whether this answer, or the lack of it, is the one that decides. */
    private void decide(Slot last, Out out) {
        if (isDone) {
            return;
        }
        if (last.isValue() && equalTo(last) >= MAJORITY) {
            Value found = Objects.requireNonNull(last.answer);
            decided = found;
            finish(new ChordOutcome.Found(found), out);
            repair(out);
        } else if (answers() == slots.length) {
            finish(nils() >= MAJORITY ? new ChordOutcome.Absent() : new ChordOutcome.NoMajority(), out);
        } else if (open() == 0) {
            timeOut(out);
        }
    }

    private void finish(Outcome outcome, Out out) {
        isDone = true;
        end.accept(outcome, out);
    }

    /** CRD-25: puts the value where nothing is; a different one may be newer, and stays. */
    private void repair(Out out) {
        for (Slot slot : slots) {
            slot.repair(out);
        }
    }

    private int answers() {
        int count = 0;
        for (Slot slot : slots) {
            count += slot.answer == null ? 0 : 1;
        }
        return count;
    }

    private int nils() {
        int count = 0;
        for (Slot slot : slots) {
            count += slot.answer == null || slot.isValue() ? 0 : 1;
        }
        return count;
    }

    private int open() {
        int count = 0;
        for (Slot slot : slots) {
            count += slot.answer == null && !slot.isLost ? 1 : 0;
        }
        return count;
    }

    private int equalTo(Slot other) {
        int count = 0;
        for (Slot slot : slots) {
            count += slot.answer != null && slot.answer.equals(other.answer) ? 1 : 0;
        }
        return count;
    }

    /** One of the five. */
    private final class Slot implements Waiter {
        private final Position position;
        private @Nullable Value answer;
        private int tries;
        private boolean isLost;
        private boolean isRepaired;

        Slot(Position position) {
            this.position = position;
        }

        void ask(Out out) {
            tries++;
            routing.find(position, null, this, out);
        }

        boolean isValue() {
            return answer != null && answer.kind() != Value.Kind.NIL;
        }

        @Override
        public void answered(Value value, Out out) {
            if (isValue()) {
                return;
            }
            answer = value; // CRD-21: a value overrides a nil, and nothing overrides a value
            if (isDone) {
                repair(out);
            } else {
                decide(this, out);
            }
        }

        @Override
        public void lost(Out out) {
            if (answer != null || isDone) {
                return;
            }
            if (tries < TRIES) {
                ask(out); // the owner may be another one by now
            } else {
                isLost = true;
                decide(this, out);
            }
        }

        void repair(Out out) {
            if (decided != null && answer != null && !isValue() && !isRepaired) {
                isRepaired = true;
                routing.store(position, decided, null, out);
            }
        }
    }
}
