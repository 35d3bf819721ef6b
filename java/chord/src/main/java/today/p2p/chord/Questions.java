package today.p2p.chord;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Value;

/** Questions to peers that wait for answers (CRD-18). One question serves all that wait for it. */
final class Questions {
    private final NodeLimits limits;
    // Insertion order is the order of their deadlines, which are all equally far.
    private final Map<Key, Question> open = new LinkedHashMap<>();
    private volatile int waiting;

    Questions(NodeLimits limits) {
        this.limits = limits;
    }

    /** Asks a peer, unless it is being asked already. */
    void ask(LinkId link, Position position, Waiter waiter, Out out) {
        if (waiting >= limits.of(Limit.MAX_QUESTIONS)) {
            waiter.lost(out);
            return;
        }
        Key key = new Key(link, position);
        Question question = open.get(key);
        if (question == null || question.isAnswered) {
            // An answered one stays for a later answer to its nil; whoever comes now needs an answer as well.
            open.remove(key);
            Question next = new Question(out.now.nanos() + limits.nanos(Timer.QUESTION_DEADLINE));
            if (question != null) {
                next.waiters.addAll(question.waiters);
            }
            open.put(key, next);
            question = next;
            out.retrieve(link, position);
        }
        question.waiters.add(waiter);
        waiting++;
    }

    /** A peer answers; what was not asked of this peer is ignored (CRD-16). */
    void answered(LinkId link, Position position, Value value, Out out) {
        Key key = new Key(link, position);
        Question question = open.get(key);
        if (question == null) {
            return;
        }
        if (value.kind() == Value.Kind.NIL) {
            question.isAnswered = true;
        } else {
            open.remove(key);
            drop(question);
        }
        List.copyOf(question.waiters).forEach(waiter -> waiter.answered(value, out));
    }

    void left(LinkId link, Out out) {
        end(entry -> entry.getKey().link.equals(link), out);
    }

    void tick(Out out) {
        List<Question> late = new ArrayList<>();
        Iterator<Question> questions = open.values().iterator();
        while (questions.hasNext()) {
            Question question = questions.next();
            if (!out.now.isAtOrAfter(question.deadline)) {
                break;
            }
            questions.remove();
            late.add(question);
        }
        late.forEach(question -> end(question, out));
    }

    OptionalLong deadline() {
        Iterator<Question> first = open.values().iterator();
        return first.hasNext() ? OptionalLong.of(first.next().deadline) : OptionalLong.empty();
    }

    void clear() {
        open.clear();
        waiting = 0;
    }

    /** Whether a peer's may wait as well: peers have half of the room, so that they take none from this node's own. */
    boolean hasRoomForPeers() {
        return waiting < limits.of(Limit.MAX_QUESTIONS) / 2;
    }

    /** How many wait. */
    int count() {
        return waiting;
    }

    private void end(Predicate<Map.Entry<Key, Question>> which, Out out) {
        List<Question> ended = new ArrayList<>();
        open.entrySet().removeIf(entry -> which.test(entry) && ended.add(entry.getValue()));
        ended.forEach(question -> end(question, out));
    }

    private void end(Question question, Out out) {
        drop(question);
        if (!question.isAnswered) {
            List.copyOf(question.waiters).forEach(waiter -> waiter.lost(out));
        }
    }

    private void drop(Question question) {
        waiting -= question.waiters.size();
    }

    /** Comparable, so that positions whose hashes somebody has made equal cost a logarithm and not a line in a table. */
    private record Key(LinkId link, Position position) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int positions = position.compareTo(other.position);
            return positions != 0 ? positions : link.compareTo(other.link);
        }

        // By hand: a table asks for these with each message, and those of a record are called by reflection.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && link.value() == that.link.value() && position.equals(that.position);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(link.value()) + position.hashCode();
        }
    }

    private static final class Question {
        final List<Waiter> waiters = new ArrayList<>();
        final long deadline;
        boolean isAnswered;

        Question(long deadline) {
            this.deadline = deadline;
        }
    }

    /** Whoever waits for what a peer holds at a position. */
    interface Waiter {
        /** An answer; nil may be followed by another one (CRD-15). */
        void answered(Value value, Out out);

        /** No answer comes any more, unless one has come. */
        void lost(Out out);
    }
}
