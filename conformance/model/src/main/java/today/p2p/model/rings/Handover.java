package today.p2p.model.rings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Brings what another owns to its owner, and forgets it when that holds it (CRD-27, CRD-28, CRD-33). */
final class Handover {
    private final Router router;
    private final Terms terms;
    private final Circle circle;
    private final Held held;
    private final Questions questions;
    /** How many positions each peer is being asked for by CRD-27. */
    private final Map<Integer, Integer> checks = new HashMap<>();

    Handover(Router router, Terms terms, Circle circle, Held held, Questions questions) {
        this.router = router;
        this.terms = terms;
        this.circle = circle;
        this.held = held;
        this.questions = questions;
    }

    private boolean has(RingDefect defect) {
        return router.flaws().has(defect);
    }

    private long dueAt(Held.Slot slot) {
        boolean never = slot.spareSince < 0 || slot.confirmed == null || has(RingDefect.NEVER_FORGOTTEN);
        return never ? Long.MAX_VALUE : slot.spareSince + terms.forgetAfter();
    }

    /** When a copy is to be forgotten. */
    long deadline() {
        return held.all().stream()
                .mapToLong(each -> dueAt(each.getValue()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Looks after all that is held: the ring has changed. */
    void settle() {
        new ArrayList<>(held.all()).forEach(each -> settle(each.getKey(), each.getValue()));
    }

    // CRD-26 to CRD-28.
    void settle(Place place, Held.Slot slot) {
        Optional<Circle.Member> owner = circle.owner(place);
        if (owner.isEmpty()) {
            slot.confirmed = null;
            slot.spareSince = -1;
            if (circle.joined) {
                router.copy(place, slot);
            }
            return;
        }
        int link = owner.get().link();
        if (Integer.valueOf(link).equals(slot.confirmed)) {
            boolean spare = circle.rank(place) > Terms.COPIES;
            slot.spareSince = !spare ? -1 : slot.spareSince < 0 ? router.now : slot.spareSince;
            if (!circle.joined || spare && (dueAt(slot) <= router.now || has(RingDefect.FORGOTTEN_EARLY))) {
                held.forget(place);
            }
        } else if (!slot.isChecked && mayCheck(owner.get()) && !has(RingDefect.NOT_HANDED_OVER)) {
            slot.isChecked = true;
            checks.merge(link, 1, Integer::sum);
            Check check = new Check(place, slot, link);
            if (has(RingDefect.HANDED_OVER_UNASKED) || has(RingDefect.FORGOTTEN_AT_ONCE)) {
                check.answered(JsonNodeFactory.instance.nullNode());
            } else {
                questions.ask(link, place, check, router.now);
            }
        }
    }

    // CRD-33.
    private boolean mayCheck(Circle.Member owner) {
        boolean isOfKit = owner.kit() || has(RingDefect.PY2P_ASKED_FOR_ALL);
        return isOfKit || checks.getOrDefault(owner.link(), 0) < terms.limit("foreign-handover", 2);
    }

    /** Asks the owner, gives it what it lacks, and asks again. */
    private final class Check implements Questions.Waiter {
        private final Place place;
        private final Held.Slot slot;
        private final int owner;
        private boolean isGiven;
        private boolean isDone;

        Check(Place place, Held.Slot slot, int owner) {
            this.place = place;
            this.slot = slot;
            this.owner = owner;
        }

        @Override
        public void answered(JsonNode value) {
            if (isDone || held.get(place) != slot) {
                lost();
            } else if (!value.isNull()) {
                lost();
                slot.value = has(RingDefect.OWN_VALUE_STAYS) ? slot.value : value;
                slot.confirmed = owner;
                settle(place, slot);
                Circle.Member peer = circle.of(owner);
                if (peer != null && !peer.kit()) {
                    settle();
                }
            } else if (isGiven) {
                lost();
            } else {
                isGiven = true;
                router.give(owner, place, slot.value);
                if (has(RingDefect.FORGOTTEN_AT_ONCE)) {
                    held.forget(place);
                } else {
                    questions.ask(owner, place, this, router.now);
                }
            }
        }

        @Override
        public void lost() {
            if (!isDone) {
                checks.merge(owner, -1, Integer::sum);
            }
            isDone = true;
            slot.isChecked = false;
        }
    }
}
