package today.p2p.chord;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
    private final Told told = new Told();
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
        if (question == null) {
            question = new Question(out.now.nanos() + limits.nanos(Timer.QUESTION_DEADLINE));
            open.put(key, question);
            out.retrieve(link, position);
        }
        question.waiters.add(waiter);
        waiting++;
    }

    /** A peer answers; what was not asked of this peer is ignored (CRD-16). */
    void answered(LinkId link, Position position, Value value, Out out) {
        Key key = new Key(link, position);
        Question question = open.remove(key);
        List<Waiter> answered = new ArrayList<>();
        if (value.kind() != Value.Kind.NIL) {
            answered.addAll(told.take(key, out));
        }
        if (question != null) {
            answered.addAll(question.waiters);
            waiting -= question.waiters.size();
            if (value.kind() == Value.Kind.NIL) {
                told.add(key, question, out);
            }
        }
        answered.forEach(waiter -> waiter.answered(value, out));
    }

    void left(LinkId link, Out out) {
        List<Question> ended = new ArrayList<>();
        open.entrySet().removeIf(entry -> entry.getKey().link.equals(link) && ended.add(entry.getValue()));
        ended.forEach(question -> end(question, out));
        told.left(link, out);
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
        told.tick(out);
    }

    OptionalLong deadline() {
        Iterator<Question> first = open.values().iterator();
        OptionalLong next = first.hasNext() ? OptionalLong.of(first.next().deadline) : OptionalLong.empty();
        return Share.earlier(next, told.deadline());
    }

    void clear() {
        open.clear();
        told.clear();
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

    private void end(Question question, Out out) {
        waiting -= question.waiters.size();
        question.waiters.forEach(waiter -> waiter.lost(out));
    }

    /**
     * Who was told nil, and would hear a value behind it (CRD-15). They wait for nothing: of more than max-questions, the
     * oldest give way (CRD-18).
     */
    private final class Told {
        // Whatever was told last is the last; those of one key are in the order of their deadlines.
        private final Map<Key, Deque<Listener>> byKey = new LinkedHashMap<>();
        private int count;

        void add(Key key, Question question, Out out) {
            Deque<Listener> listeners = byKey.remove(key);
            if (listeners == null) {
                listeners = new ArrayDeque<>();
            }
            endLate(listeners, out);
            for (Waiter waiter : question.waiters) {
                listeners.add(new Listener(waiter, question.deadline));
            }
            count += question.waiters.size();
            byKey.put(key, listeners);
            while (count > limits.of(Limit.MAX_QUESTIONS)) {
                Deque<Listener> oldest = byKey.values().iterator().next();
                endFirst(oldest, out);
                if (oldest.isEmpty()) {
                    byKey.values().remove(oldest);
                }
            }
        }

        /** Whose time is not over; they hear no more than this. */
        List<Waiter> take(Key key, Out out) {
            Deque<Listener> listeners = byKey.remove(key);
            if (listeners == null) {
                return List.of();
            }
            endLate(listeners, out);
            count -= listeners.size();
            return listeners.stream().map(Listener::waiter).toList();
        }

        void left(LinkId link, Out out) {
            byKey.entrySet().removeIf(entry -> entry.getKey().link.equals(link) && endAll(entry.getValue(), out));
        }

        void tick(Out out) {
            Iterator<Deque<Listener>> all = byKey.values().iterator();
            while (all.hasNext()) {
                Deque<Listener> oldest = all.next();
                endLate(oldest, out);
                if (!oldest.isEmpty()) {
                    return;
                }
                all.remove();
            }
        }

        OptionalLong deadline() {
            return byKey.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(byKey.values().iterator().next().element().deadline);
        }

        void clear() {
            byKey.clear();
            count = 0;
        }

        private boolean endAll(Deque<Listener> listeners, Out out) {
            while (!listeners.isEmpty()) {
                endFirst(listeners, out);
            }
            return true;
        }

        private void endLate(Deque<Listener> listeners, Out out) {
            while (!listeners.isEmpty() && out.now.isAtOrAfter(listeners.element().deadline)) {
                endFirst(listeners, out);
            }
        }

        private void endFirst(Deque<Listener> listeners, Out out) {
            count--;
            listeners.remove().waiter.over(out);
        }
    }

    private record Listener(Waiter waiter, long deadline) {}

    /** One question at a time. Comparable, so that positions whose hashes somebody has made equal cost a logarithm and not a line in a table. */
    record Key(LinkId link, Position position) implements Comparable<Key> {
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

        Question(long deadline) {
            this.deadline = deadline;
        }
    }

    /** Whoever waits for what a peer holds at a position. */
    interface Waiter {
        /** An answer; nil may be followed by another one (CRD-15). */
        void answered(Value value, Out out);

        /** No answer comes any more, and none has come. */
        void lost(Out out);

        /** Nil was the answer, and no other one comes any more; not the time to ask anew. */
        default void over(Out out) {}
    }
}
