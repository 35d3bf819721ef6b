package today.p2p.model.rings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Questions to peers (CRD-16, CRD-18). */
final class Questions {
    private static final int RETRIEVE = 12;

    private final Terms terms;
    private final RingDefect.Flaws flaws;
    private final Outlet outlet;
    private final Map<Key, Question> open = new LinkedHashMap<>();

    /** Whoever wants to know. */
    interface Waiter {
        /** An answer; after a nil another one may come. */
        void answered(JsonNode value);

        /** There is no answer, and none can come. */
        void lost();
    }

    private record Key(int link, Place place) {}

    private static final class Question {
        final List<Waiter> waiters = new ArrayList<>();
        /** Those that were told nil, and wait no longer. */
        final List<Waiter> told = new ArrayList<>();

        final long deadline;

        Question(long deadline) {
            this.deadline = deadline;
        }
    }

    Questions(Terms terms, RingDefect.Flaws flaws, Outlet outlet) {
        this.terms = terms;
        this.flaws = flaws;
        this.outlet = outlet;
    }

    int waiting() {
        boolean all = flaws.has(RingDefect.NIL_WAITS);
        return open.values().stream()
                .mapToInt(each -> each.waiters.size() + (all ? each.told.size() : 0))
                .sum();
    }

    void ask(int link, Place place, Waiter waiter, long now) {
        if (waiting() >= terms.limit("max-questions", 10240) && !flaws.has(RingDefect.QUESTIONS_UNCOUNTED)) {
            waiter.lost();
            return;
        }
        Key key = new Key(link, place);
        Question before = open.get(key);
        Question asked = before;
        if (asked == null || asked.waiters.isEmpty() || flaws.has(RingDefect.ASKED_TWICE)) {
            asked = new Question(now + terms.timer("question-deadline", 3));
            if (before != null) {
                asked.waiters.addAll(before.waiters);
                asked.told.addAll(before.told);
            }
            open.put(key, asked);
            ArrayNode payload = JsonNodeFactory.instance.arrayNode().add(RETRIEVE);
            outlet.whisper(link, payload.addAll(place.items(flaws)));
        }
        asked.waiters.add(waiter);
    }

    void answered(int link, Place place, JsonNode value) {
        for (Map.Entry<Key, Question> each : List.copyOf(open.entrySet())) {
            boolean isAsked = each.getKey().link() == link || flaws.has(RingDefect.ANY_ANSWER_COUNTS);
            if (!isAsked || !each.getKey().place().equals(place)) {
                continue;
            }
            Question question = each.getValue();
            List<Waiter> waiters = new ArrayList<>(question.told);
            waiters.addAll(question.waiters);
            question.told.addAll(question.waiters);
            question.waiters.clear();
            boolean more = flaws.has(RingDefect.LAST_VALUE_COUNTS) || flaws.has(RingDefect.NIL_OVERRIDES);
            if (!value.isNull() && !more) {
                open.remove(each.getKey());
            }
            waiters.forEach(waiter -> waiter.answered(value));
        }
    }

    void left(int link) {
        end(entry -> entry.getKey().link() == link);
    }

    void passTo(long now) {
        if (!flaws.has(RingDefect.WAITS_FOR_EVER)) {
            end(entry -> entry.getValue().deadline <= now);
        }
    }

    long deadline() {
        return open.values().stream().mapToLong(each -> each.deadline).min().orElse(Long.MAX_VALUE);
    }

    private void end(Predicate<Map.Entry<Key, Question>> which) {
        List<Question> ended = new ArrayList<>();
        open.entrySet().removeIf(entry -> which.test(entry) && ended.add(entry.getValue()));
        for (Question question : ended) {
            question.waiters.forEach(Waiter::lost);
        }
    }
}
