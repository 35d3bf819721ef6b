package today.p2p.model.rings;

import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The keys that a node has heard of (CRD-12, CRD-13); each in hex. */
final class KeyList {
    private static final int NOTIFY = 6;

    private final Terms terms;
    private final RingDefect.Flaws flaws;
    private final Outlet outlet;
    private final TreeSet<String> keys = new TreeSet<>();

    KeyList(Terms terms, RingDefect.Flaws flaws, Outlet outlet) {
        this.terms = terms;
        this.flaws = flaws;
        this.outlet = outlet;
    }

    boolean has(byte[] key) {
        return keys.contains(hex(key));
    }

    private static String hex(byte[] key) {
        return Items.binary(key).get("$bin").asString();
    }

    /** Puts a key on the list or takes it away, and tells the application if that is new; whether it was. */
    boolean set(byte[] key, boolean gone) {
        boolean fits = key.length <= Terms.MAX_KEY || flaws.has(RingDefect.LONG_KEY_LISTED);
        boolean room = keys.size() < terms.limit("max-keys", 1 << 18) || flaws.has(RingDefect.KEYS_UNCOUNTED);
        boolean changed = gone ? keys.remove(hex(key)) : fits && room && keys.add(hex(key));
        if (changed || flaws.has(RingDefect.TOLD_OF_ALL)) {
            outlet.told(gone ? "delete" : "add", Items.binary(key));
        }
        return changed;
    }

    /** A notify came; the payload begins with its sub-flag. */
    void heard(JsonNode payload) {
        int items = payload.size() - 1;
        if (items < 1 || items > 2) {
            return;
        }
        boolean gone = items == 2;
        if (gone && flaws.has(RingDefect.ONLY_DEL_REMOVES)) {
            gone = Items.text(payload.get(2)).filter("del"::equals).isPresent();
        }
        boolean removes = gone;
        Items.bytes(payload.get(1)).ifPresent(key -> set(key, removes));
    }

    /** Tells a newcomer. */
    void tell(int link) {
        if (!flaws.has(RingDefect.LIST_UNSAID)) {
            keys.forEach(key -> outlet.whisper(
                    link,
                    JsonNodeFactory.instance
                            .arrayNode()
                            .add(NOTIFY)
                            .add(JsonNodeFactory.instance.objectNode().put("$bin", key))));
        }
    }

    /** A key of this node's own is set, or deleted. */
    void announce(JsonNode key, boolean gone) {
        byte[] bytes = Items.bytes(key).orElseThrow();
        boolean again = !gone && flaws.has(RingDefect.ANNOUNCED_AGAIN);
        boolean silent = flaws.has(gone ? RingDefect.DELETION_UNANNOUNCED : RingDefect.NEVER_ANNOUNCED);
        if ((set(bytes, gone) || again) && !silent) {
            ArrayNode payload = JsonNodeFactory.instance.arrayNode().add(NOTIFY);
            payload.add(flaws.has(RingDefect.NOTIFY_AS_TEXT) ? key : Items.binary(bytes));
            outlet.broadcast(gone ? payload.add(Items.binary("del")) : payload);
        }
    }
}
