package today.p2p.model.rings;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Brings questions and changes to the owners of positions, and keeps what belongs here (CRD-8 to CRD-17, CRD-26, CRD-30). */
final class Router {
    private static final int STORE = 11;
    private static final int DELTA = 17;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RingDefect.Flaws flaws;
    private final Terms terms;
    private final Circle circle;
    private final Held held;
    private final Questions questions;
    private final Deletions deletions;
    private final Outlet outlet;

    /** What becomes of what another owns. */
    final Handover handover;

    long now;

    Router(RingDefect.Flaws flaws, Terms terms, Circle circle, Held held, Questions questions, Outlet outlet) {
        this.terms = terms;
        this.flaws = flaws;
        this.circle = circle;
        this.held = held;
        this.questions = questions;
        this.outlet = outlet;
        handover = new Handover(this, terms, circle, held, questions);
        deletions = new Deletions(flaws, questions, (link, place) -> give(link, place, JSON.nullNode()));
    }

    RingDefect.Flaws flaws() {
        return flaws;
    }

    private boolean has(RingDefect defect) {
        return flaws.has(defect);
    }

    private void send(int link, int flag, Place place, JsonNode value) {
        ArrayNode payload = JSON.arrayNode().add(flag);
        outlet.whisper(link, payload.addAll(place.items(flaws)).add(value));
    }

    /** Gives a peer a value. */
    void give(int link, Place place, JsonNode value) {
        send(link, STORE, place, value);
    }

    /** A value, or nil, for a position; {@code from} is null when it is of this node. */
    void store(Place place, JsonNode value, @Nullable Integer from) {
        Optional<Circle.Member> owner = circle.owner(place);
        boolean keeps = from != null && (has(RingDefect.KEPT_BY_ALL) || !circle.joined && has(RingDefect.LEECH_HOLDS));
        if (owner.isEmpty() || keeps) {
            if (circle.joined || keeps) {
                set(place, value);
            }
        } else if (isNearer(from, place) && !has(RingDefect.SENT_BACK)) {
            copyOf(place, value, from, owner.get().link());
        } else if (from == null || owner.get().link() != from || !has(RingDefect.NOT_SENT_BACK)) {
            pass(owner.get(), place, value);
        }
    }

    private boolean isNearer(@Nullable Integer link, Place place) {
        Circle.Member peer = link == null ? null : circle.of(link);
        return peer != null && circle.isJoined(peer) && circle.isNearer(peer, place);
    }

    private void pass(Circle.Member peer, Place place, JsonNode value) {
        if (!value.isNull() || peer.kit() || has(RingDefect.DELETES_UNASKED)) {
            deletions.written(peer.link(), place);
            give(peer.link(), place, value);
        } else {
            deletions.begin(peer.link(), place, now);
        }
    }

    private void set(Place place, JsonNode value) {
        if (value.isNull()) {
            if (!has(RingDefect.DELETION_IGNORED)) {
                held.delete(place);
            }
            if (!has(RingDefect.DELETION_NOT_COPIED)) {
                targets(place).forEach(peer -> give(peer.link(), place, value));
            }
            return;
        }
        Held.Slot before = held.get(place);
        boolean same = before != null && Items.word(before.value).equals(Items.word(value));
        Held.Slot slot = same ? before : held.put(place, value);
        if (slot != null) {
            copy(place, slot);
        }
    }

    // CRD-26.
    private List<Circle.Member> targets(Place place) {
        int copies = has(RingDefect.NO_COPIES) ? 0 : has(RingDefect.ONE_COPY) ? 1 : Terms.COPIES;
        return circle.behind(place).stream()
                .limit(copies)
                .filter(peer -> peer.kit() || has(RingDefect.COPIES_TO_ALL))
                .toList();
    }

    void copy(Place place, Held.Slot slot) {
        List<Circle.Member> targets = targets(place);
        slot.copied.retainAll(targets.stream().map(Circle.Member::link).toList());
        for (Circle.Member peer : targets) {
            if (slot.copied.add(peer.link())) {
                give(peer.link(), place, slot.value);
            }
        }
    }

    private void copyOf(Place place, JsonNode value, @Nullable Integer from, int owner) {
        boolean isFar = circle.rank(place) > Terms.COPIES && has(RingDefect.COPY_BY_RANK);
        if (has(RingDefect.COPY_REFUSED) || !circle.joined || isFar) {
            return;
        }
        if (value.isNull()) {
            held.delete(place);
            return;
        }
        Held.Slot slot = held.put(place, value);
        if (slot != null && Integer.valueOf(owner).equals(from)) {
            slot.confirmed = owner;
            handover.settle(place, slot);
        }
    }

    // CRD-9.
    void merge(Place place, JsonNode delta, @Nullable Integer from) {
        Optional<Circle.Member> owner = circle.owner(place);
        if (owner.isPresent()) {
            if (from == null || owner.get().link() != from || !isNearer(from, place)) {
                deletions.written(owner.get().link(), place);
                send(owner.get().link(), DELTA, place, delta);
            }
            return;
        }
        JsonNode before = held.value(place);
        boolean isMap = before.isNull() || Items.isMap(before);
        if (circle.joined && (isMap || has(RingDefect.DELTA_ON_ALL))) {
            boolean fresh = !isMap || has(RingDefect.DELTA_REPLACES) || before.isNull();
            set(place, Items.merged(fresh ? JSON.objectNode() : before, delta));
        }
    }

    /** What is held at a position; {@code from} is the link of the peer that asks, null when it is this node. */
    void find(Place place, @Nullable Integer from, Questions.Waiter waiter) {
        Optional<Circle.Member> owner = circle.owner(place);
        if (owner.isEmpty()) {
            findHere(place, from, waiter);
            return;
        }
        Held.Slot slot = held.get(place);
        int link = owner.get().link();
        if (isNearer(from, place) || Integer.valueOf(link).equals(from)) {
            Optional<Circle.Member> next = slot == null ? nextBehind(place, from) : Optional.empty();
            next.ifPresentOrElse(
                    peer -> questions.ask(peer.link(), place, waiter, now), () -> waiter.answered(held.value(place)));
        } else if (slot != null
                && !Integer.valueOf(link).equals(slot.confirmed)
                && !has(RingDefect.SILENT_UNTIL_CONFIRMED)) {
            waiter.answered(slot.value);
        } else {
            questions.ask(link, place, from == null ? doubting(owner.get(), place, waiter) : waiter, now);
            if (from != null && has(RingDefect.NIL_AT_ONCE)) {
                waiter.answered(JSON.nullNode());
            }
        }
    }

    // CRD-36.
    private Questions.Waiter doubting(Circle.Member owner, Place place, Questions.Waiter waiter) {
        boolean fresh = now - owner.since() < terms.forgetAfter() && !has(RingDefect.NIL_BELIEVED);
        Optional<Circle.Member> second = circle.behind(place).stream()
                .skip(1)
                .findFirst()
                .filter(peer -> peer.kit() && (fresh || has(RingDefect.NIL_DOUBTED)));
        return second.isEmpty()
                ? waiter
                : new Doubt(waiter, doubt -> {
                    boolean there = circle.of(second.get().link()) != null;
                    if (there) {
                        questions.ask(second.get().link(), place, doubt, now);
                    }
                    return there;
                });
    }

    // CRD-17, the last sentence, and CRD-35.
    private Optional<Circle.Member> nextBehind(Place place, @Nullable Integer asker) {
        List<Circle.Member> behind = circle.behind(place);
        List<Integer> links = behind.stream().map(Circle.Member::link).toList();
        int at = asker == null ? -1 : links.indexOf(asker);
        boolean lost = circle.joined && !has(RingDefect.NEWCOMER_TOLD_NIL);
        if (lost && (at < 0 || at > Terms.COPIES)) {
            return Optional.of(behind.get(0));
        }
        if (lost && at + 1 < behind.size() && circle.isNearer(behind.get(at + 1), place)) {
            return Optional.of(behind.get(at + 1)).filter(Circle.Member::kit);
        }
        if (!circle.joined || circle.rank(place) > Terms.COPIES || has(RingDefect.CHAIN_ENDS)) {
            return Optional.empty();
        }
        return circle.behind(place).stream()
                .filter(peer -> !Integer.valueOf(peer.link()).equals(asker))
                .filter(peer -> peer.kit() && !circle.isNearer(peer, place))
                .findFirst();
    }

    // CRD-17.
    private void findHere(Place place, @Nullable Integer from, Questions.Waiter waiter) {
        JsonNode value = held.value(place);
        if (!circle.joined) {
            if (value.isNull()) {
                waiter.lost();
            } else {
                waiter.answered(value);
            }
            return;
        }
        Optional<Circle.Member> next = circle.behind(place).stream()
                .findFirst()
                .filter(peer -> peer.kit() || has(RingDefect.PY2P_ASKED))
                .filter(peer -> !Integer.valueOf(peer.link()).equals(from) || has(RingDefect.ASKER_ASKED));
        boolean told = held.isDeleted(place) && !has(RingDefect.DELETED_ASKED_FOR);
        if (!value.isNull() || told || next.isEmpty() || has(RingDefect.OWNER_ASKS_NOBODY)) {
            waiter.answered(value);
        } else {
            questions.ask(next.get().link(), place, new Adoption(place, waiter), now);
        }
    }

    /** An owner keeps what the next one tells it. */
    private final class Adoption implements Questions.Waiter {
        private final Place place;
        private final Questions.Waiter waiter;
        private boolean isAnswered;

        Adoption(Place place, Questions.Waiter waiter) {
            this.place = place;
            this.waiter = waiter;
        }

        @Override
        public void answered(JsonNode value) {
            isAnswered = true;
            boolean lacks = held.get(place) == null && !held.isDeleted(place);
            if (lacks && !value.isNull() && circle.owner(place).isEmpty() && !has(RingDefect.NOT_ADOPTED)) {
                set(place, value);
            }
            waiter.answered(lacks ? value : held.value(place));
        }

        @Override
        public void lost() {
            if (!isAnswered) {
                waiter.answered(held.value(place));
            }
        }
    }

    // CRD-30.
    void copyAgain(long most) {
        int sent = 0;
        for (var each : held.all()) {
            if (circle.joined && circle.owner(each.getKey()).isEmpty() && sent < most) {
                sent++;
                each.getValue().copied.clear();
                copy(each.getKey(), each.getValue());
            }
        }
    }
}
