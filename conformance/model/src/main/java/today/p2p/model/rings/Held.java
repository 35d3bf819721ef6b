package today.p2p.model.rings;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a node holds, within the limits of CRD-10. */
final class Held {
    private final Terms terms;
    private final RingDefect.Flaws flaws;
    private final TreeMap<Place, Slot> slots = new TreeMap<>();
    private final Set<Place> deleted = new HashSet<>();

    /** One position. */
    static final class Slot {
        JsonNode value;
        /** The owner that was seen to hold it. */
        @Nullable
        Integer confirmed;
        /** Who has a copy of this value. */
        final Set<Integer> copied = new HashSet<>();

        boolean isChecked;
        /** Since when it is one more than needed; negative when it is needed. */
        long spareSince = -1;

        Slot(JsonNode value) {
            this.value = value;
        }
    }

    Held(Terms terms, RingDefect.Flaws flaws) {
        this.terms = terms;
        this.flaws = flaws;
    }

    @Nullable
    Slot get(Place place) {
        return slots.get(place);
    }

    JsonNode value(Place place) {
        Slot slot = slots.get(place);
        return slot == null ? JsonNodeFactory.instance.nullNode() : slot.value;
    }

    boolean isDeleted(Place place) {
        return deleted.contains(place);
    }

    int count() {
        return slots.size();
    }

    List<Map.Entry<Place, Slot>> all() {
        return List.copyOf(slots.entrySet());
    }

    /** Sets a value, if there is room for it; null when there is none. */
    @Nullable
    Slot put(Place place, JsonNode value) {
        Slot before = slots.get(place);
        long most = terms.limit("max-table-bytes", 1 << 28);
        long cost = terms.cost(value, flaws);
        for (Map.Entry<Place, Slot> each : slots.entrySet()) {
            cost += each.getKey().equals(place) ? 0 : terms.cost(each.getValue().value, flaws);
        }
        boolean full = before == null
                && slots.size() >= terms.limit("max-entries", 1 << 18)
                && !flaws.has(RingDefect.ENTRIES_UNCOUNTED);
        boolean large = terms.size().applyAsInt(value) > Terms.MAX_VALUE && !flaws.has(RingDefect.LONG_VALUE_HELD);
        if (full || large || cost > most) {
            return null;
        }
        deleted.remove(place);
        Slot slot = before == null ? new Slot(value) : before;
        if (before == null || !flaws.has(RingDefect.FIRST_STANDS)) {
            slot.value = value;
        }
        slot.copied.clear();
        slots.put(place, slot);
        return slot;
    }

    void delete(Place place) {
        slots.remove(place);
        deleted.add(place);
    }

    void forget(Place place) {
        slots.remove(place);
    }

    /** A peer is gone, or owns nothing any more. */
    void left(int link) {
        for (Slot slot : slots.values()) {
            slot.copied.remove(link);
            slot.confirmed = Integer.valueOf(link).equals(slot.confirmed) ? null : slot.confirmed;
        }
    }

    void clear() {
        slots.clear();
    }
}
