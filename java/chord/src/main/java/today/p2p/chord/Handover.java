package today.p2p.chord;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.Questions.Waiter;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Value;

/**
 * Goes through all that is held when the ring has changed: copies what this node owns (CRD-26), and gives to the
 * owner what it does not: copies, confirms by reading back, and only then forgets (CRD-27, CRD-28).
 */
final class Handover {
    /** Holdings in one step, and questions under way. */
    private static final int STEP = 256;

    private static final int CHECKS = 64;
    private static final long PAUSE = Time.SECOND / 50;

    private final Members members;
    private final Holdings holdings;
    private final Routing routing;
    private final Questions questions;
    private final int copies;
    private final long chunk;
    private final long again;
    private final long spare;
    private final long atOnce;
    private final Map<LinkId, Turns> turns = new HashMap<>();
    private @Nullable Position reached;
    private @Nullable Position copiedAgain;
    private boolean isOn;
    private boolean isAgain;
    private long next;
    private int checks;

    Handover(NodeLimits limits, Members members, Holdings holdings, Routing routing, Questions questions) {
        this.members = members;
        this.holdings = holdings;
        this.routing = routing;
        this.questions = questions;
        copies = (int) limits.of(Limit.COPIES);
        again = limits.of(Limit.COPY_AGAIN);
        spare = limits.nanos(Timer.FORGET_AFTER);
        atOnce = limits.of(Limit.FOREIGN_HANDOVER);
        chunk = limits.portion();
    }

    /** The ring has changed, or it is time to look again. */
    void wake(Out out) {
        if (isOn) {
            isAgain = true;
        } else if (holdings.count() > 0) {
            isOn = true;
            reached = null;
            next = out.now.nanos();
        }
    }

    OptionalLong deadline() {
        return isOn && checks < CHECKS ? OptionalLong.of(next) : OptionalLong.empty();
    }

    void tick(Out out) {
        if (!isOn || checks >= CHECKS || !out.now.isAtOrAfter(next)) {
            return;
        }
        next = out.now.nanos() + PAUSE;
        long bytes = 0;
        int seen = 0;
        for (Holding holding : firstOf(holdings)) {
            if (seen++ >= STEP || bytes > chunk || checks >= CHECKS) {
                return;
            }
            reached = holding.position;
            if (settle(holding, out)) {
                bytes += holding.cost();
            }
        }
        isOn = isAgain;
        isAgain = false;
        reached = null;
    }

    /** Sends the copies of a few more positions again, whoever may have lost them (CRD-30). */
    void copyAgain(Out out) {
        long sent = 0;
        long bytes = 0;
        for (Holding holding : holdings.after(copiedAgain)) {
            if (sent >= again || bytes > chunk) {
                return;
            }
            copiedAgain = holding.position;
            if (members.isJoined() && members.owner(holding.place).isEmpty()) {
                holding.copyAgain();
                sent += routing.copy(holding, out) ? 1 : 0;
                bytes += holding.cost();
            }
        }
        copiedAgain = null;
    }

    void clear() {
        isOn = false;
        isAgain = false;
        checks = 0;
        turns.clear();
    }

    /** Those of one step, and one more; a copy, since whoever is settled may be forgotten. */
    private List<Holding> firstOf(Holdings all) {
        return all.after(reached).stream().limit(STEP + 1L).toList();
    }

    /** Does what one holding needs; whether anything was sent. */
    private boolean settle(Holding holding, Out out) {
        List<Members.Member> behind = members.behind(holding.place, copies + 1);
        int rank = members.rank(holding.place, copies + 1);
        if (members.isJoined() && rank == 0) {
            holding.isNeeded();
            holding.confirmed = 0;
            return routing.copy(holding, out);
        }
        if (behind.isEmpty() || holding.isChecked) {
            return false;
        }
        Members.Member owner = behind.get(0);
        if (owner.term() != holding.confirmed) {
            holding.isChecked = true;
            if (owner.isKit()) {
                check(holding, owner, out);
                return true;
            }
            turns.computeIfAbsent(owner.link(), link -> new Turns(owner)).add(holding, out);
            return false;
        }
        if (!members.isJoined() || (rank > copies && holding.isSpare(out.now, spare))) {
            holdings.forget(holding);
        } else if (rank <= copies) {
            holding.isNeeded();
        }
        return false;
    }

    private void check(Holding holding, Members.Member owner, Out out) {
        checks++;
        questions.ask(owner.link(), holding.position, new Check(holding, owner), out);
    }

    /** The positions of an owner that loses its link when it is told of many at once (CRD-33). */
    private final class Turns {
        private final Members.Member owner;
        private final Queue<Holding> waiting = new ArrayDeque<>();
        private int open;
        private boolean isGoingOn;

        Turns(Members.Member owner) {
            this.owner = owner;
        }

        void add(Holding holding, Out out) {
            waiting.add(holding);
            goOn(out);
        }

        void ended(Out out) {
            open--;
            goOn(out);
        }

        /** Begins what there is room for; a check that ends at once comes back here, and the loop goes on. */
        private void goOn(Out out) {
            if (isGoingOn) {
                return;
            }
            isGoingOn = true;
            while (open < atOnce && !waiting.isEmpty()) {
                Holding holding = waiting.remove();
                if (holdings.holds(holding) && isOwned(holding)) {
                    open++;
                    check(holding, owner, out);
                } else {
                    // The ring has changed meanwhile: the next round sees who owns it now.
                    holding.isChecked = false;
                    wake(out);
                }
            }
            isGoingOn = false;
            if (open == 0) {
                turns.remove(owner.link());
            }
        }

        private boolean isOwned(Holding holding) {
            return members.owner(holding.place)
                    .filter(member -> member.link().equals(owner.link()))
                    .isPresent();
        }
    }

    /** Asks the owner for what it should hold, gives it when it lacks it, and asks again. */
    private final class Check implements Waiter {
        private final Holding holding;
        private final Members.Member owner;
        private boolean isGiven;
        private boolean isDone;

        Check(Holding holding, Members.Member owner) {
            this.holding = holding;
            this.owner = owner;
        }

        @Override
        public void answered(Value value, Out out) {
            if (isDone || !holdings.holds(holding)) {
                done(out);
            } else if (value.kind() != Value.Kind.NIL) {
                done(out);
                confirm(value, out);
            } else if (isGiven) {
                done(out); // it does not keep it: the next round asks again
            } else {
                isGiven = true;
                out.store(owner.link(), holding.position, holding.value());
                questions.ask(owner.link(), holding.position, this, out);
            }
        }

        @Override
        public void lost(Out out) {
            done(out);
        }

        /** The owner's value counts, for a change may have reached it alone. */
        private void confirm(Value value, Out out) {
            boolean isEqual = holding.value().equals(value);
            if (isEqual || holdings.put(holding.position, value) != null) {
                holding.confirmed = owner.term();
                settle(holding, out);
            }
        }

        private void done(Out out) {
            if (!isDone) {
                isDone = true;
                holding.isChecked = false;
                checks = Math.max(0, checks - 1);
                Turns turn = turns.get(owner.link());
                if (turn != null) {
                    turn.ended(out);
                }
            }
        }
    }
}
