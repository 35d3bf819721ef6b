package today.p2p.model.rings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A read of one key (CRD-21 to CRD-25). */
final class Read {
    private static final int TRIES = 3;

    final long deadline;
    final List<Place> places;
    private final RingDefect.Flaws flaws;
    private final Router router;
    private final Consumer<ObjectNode> end;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable JsonNode decided;
    private boolean isDone;

    Read(List<Place> places, long deadline, Router router, Consumer<ObjectNode> end) {
        this.places = places;
        this.deadline = deadline;
        this.router = router;
        this.flaws = router.flaws();
        this.end = end;
        places.forEach(place -> parts.add(new Part(place)));
    }

    void begin() {
        List.copyOf(parts).forEach(Part::ask);
    }

    boolean isDone() {
        return isDone;
    }

    /** Whether a position has said what was decided. */
    boolean agrees(Place place) {
        JsonNode found = decided;
        return found != null && parts.stream().anyMatch(part -> part.place.equals(place) && part.says(found));
    }

    private long count(boolean nil) {
        return parts.stream()
                .filter(part -> part.answer != null && part.answer.isNull() == nil)
                .count();
    }

    private void decide() {
        if (isDone) {
            return;
        }
        long nils = count(true);
        long answers = nils + count(false);
        JsonNode found =
                frequent(flaws.has(RingDefect.TWO_ARE_ENOUGH) ? 2 : flaws.has(RingDefect.FOUR_ARE_NEEDED) ? 4 : 3);
        if (found == null && answers == parts.size() && flaws.has(RingDefect.MOST_FREQUENT)) {
            found = frequent(2);
        }
        if (found != null) {
            decided = found;
            finish(end("found").set("value", found));
            parts.forEach(Part::repair);
        } else if (nils >= 3 && flaws.has(RingDefect.THREE_NILS_END)) {
            finish(end("absent"));
        } else if (nils >= 3 && flaws.has(RingDefect.ABSENCE_WAITS)) {
            return;
        } else if (answers == parts.size()) {
            finish(end(nils >= 3 ? "absent" : "split"));
        } else if (parts.stream().allMatch(part -> part.answer != null || part.isLost)) {
            giveUp();
        }
    }

    private @Nullable JsonNode frequent(int times) {
        Map<String, Integer> counts = new HashMap<>();
        for (Part part : parts) {
            JsonNode answer = part.answer;
            if (answer != null && !answer.isNull() && counts.merge(Items.word(answer), 1, Integer::sum) >= times) {
                return answer;
            }
        }
        return null;
    }

    private static ObjectNode end(String word) {
        return JsonNodeFactory.instance.objectNode().put("end", word);
    }

    /** The time is up, or no answer can come. */
    void giveUp() {
        if (!isDone) {
            long nils = count(true);
            boolean absent = nils >= 3 && !flaws.has(RingDefect.NILS_FORGOTTEN);
            finish(absent ? end("absent") : end("late").put("answers", nils + count(false)));
        }
    }

    private void finish(ObjectNode how) {
        isDone = true;
        end.accept(how);
    }

    /** One of five. */
    private final class Part implements Questions.Waiter {
        private final Place place;
        private @Nullable JsonNode answer;
        private int tries;
        private boolean isLost;
        private boolean isRepaired;

        Part(Place place) {
            this.place = place;
        }

        void ask() {
            tries++;
            router.find(place, null, this);
        }

        boolean says(JsonNode value) {
            return answer != null && Items.word(answer).equals(Items.word(value));
        }

        @Override
        public void answered(JsonNode value) {
            JsonNode before = answer;
            boolean stays = before != null
                    && (value.isNull()
                            ? !flaws.has(RingDefect.NIL_OVERRIDES)
                            : before.isNull()
                                    ? flaws.has(RingDefect.NIL_STAYS)
                                    : !flaws.has(RingDefect.LAST_VALUE_COUNTS));
            if (!stays) {
                answer = value;
            }
            if (!isDone) {
                decide();
            } else if (!flaws.has(RingDefect.LATE_NIL_STAYS)) {
                repair();
            }
        }

        @Override
        public void lost() {
            if (answer == null && !isDone) {
                if (tries < TRIES) {
                    ask();
                } else {
                    isLost = true;
                    decide();
                }
            }
        }

        void repair() {
            JsonNode found = decided;
            JsonNode said = answer;
            if (found == null || said == null || isRepaired || flaws.has(RingDefect.NOT_REPAIRED)) {
                return;
            }
            boolean differs = flaws.has(RingDefect.OTHERS_OVERWRITTEN) && !says(found);
            if (said.isNull() || differs) {
                isRepaired = true;
                router.store(place, found, null);
            }
        }
    }
}
