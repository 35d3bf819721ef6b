package today.p2p.live.toy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Sync Table of the toy: chapter 14 in few words. Keys are hex here. Guarded by its node. */
final class ToyTable {
    static final int STORE = 11;
    static final int DELTA = 17;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_KEY = 4096;
    private static final int MAX_VALUE = 1 << 20;
    private static final int MAX_OWNER = 128;
    private static final int WINDOW = 60;
    private static final int LEASE = 3600;
    private static final int CHANGE_ITEMS = 6;
    private static final int JOIN_ITEMS = 8;

    private final ToyNode node;
    private final ToyMesh mesh;
    private final String own;
    private final Kind kind;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, Deletion> deletions = new HashMap<>();

    /** What a table is like: with leases or without, and how many keys it may have. */
    record Kind(boolean leasing, int maxEntries) {}

    private record Entry(JsonNode value, JsonNode owner, long time) {}

    private record Deletion(JsonNode owner, long time, boolean removed) {}

    /** A change of a key; a value of null deletes. */
    private record Change(String key, JsonNode value, boolean delta, JsonNode owner, long time) {
        boolean isDeletion() {
            return value.isNull() && !delta;
        }
    }

    ToyTable(ToyNode node, ToyMesh mesh, String own, Kind kind) {
        this.node = node;
        this.mesh = mesh;
        this.own = own;
        this.kind = kind;
    }

    private boolean is(ToyDefect defect) {
        return node.is(defect);
    }

    /** A link is open: SYN-13, SYN-17. */
    void joined(ToyLink link) {
        if (is(ToyDefect.JOINS_LATE)) {
            link.waitsForEntries = true;
        } else {
            sendEntries(link);
        }
        if (!is(ToyDefect.ASKS_NOT)) {
            mesh.send(link, mesh.own(2, mesh.now()).add(8).add(Wire.binary("*")), false);
        }
    }

    void sendEntries(ToyLink link) {
        List<String> keys = new ArrayList<>(is(ToyDefect.NO_JOIN) ? List.of() : entries.keySet());
        if (is(ToyDefect.JOINS_UNORDERED)) {
            Collections.reverse(keys);
        }
        for (String key : keys) {
            Entry entry = Objects.requireNonNull(entries.get(key));
            ArrayNode join = mesh.own(2, mesh.now()).add(STORE).add(ToyValues.binary(key));
            mesh.send(link, join.add(entry.value()).add(entry.owner()).add(entry.time()), true);
        }
    }

    /** Whether a neighbour may be told of a change: SYN-20. */
    boolean mayGet(ToyLink link, JsonNode message) {
        String key = ToyValues.hex(message.path(4));
        boolean isDeletion = message.path(3).asInt(-1) == STORE
                && message.size() == CHANGE_ITEMS
                && message.get(5).isNull();
        if (!isDeletion || key == null) {
            return true;
        }
        boolean spared =
                link.elder == ToyLink.Elder.PY2P && !is(ToyDefect.DELETES_AT_PY2P) && !entries.containsKey(key);
        return !spared && (link.elder != ToyLink.Elder.JS2P || is(ToyDefect.DELETES_AT_JS2P));
    }

    void received(ToyLink link, JsonNode message, int flag) {
        String key = ToyValues.hex(message.path(4));
        boolean join = message.path(0).asInt(-1) == 2 && flag == STORE && message.size() == JOIN_ITEMS;
        boolean sound = join ? isJoin(message) : isChange(message, flag);
        if (key == null || !sound) {
            if (is(ToyDefect.BAD_STORE_CLOSES)) {
                link.close("SHAPE");
            }
            return;
        }
        JsonNode owner = message.get(join ? 6 : 1);
        long time = message.get(join ? 7 : 2).asLong();
        Change change = new Change(key, message.get(5), flag == DELTA, owner, time);
        // SYN-5, SYN-6, SYN-9.
        boolean future = time > mesh.now() + WINDOW && !is(ToyDefect.FUTURE_STORE);
        String name = String.valueOf(Wire.text(owner));
        if (future || name.length() > MAX_OWNER || isTooLarge(change)) {
            return;
        }
        if (join) {
            joinStore(change);
            return;
        }
        boolean forOthers = message.path(0).asInt(-1) == 2 && !name.equals(link.id());
        boolean mine = name.equals(own) && !is(ToyDefect.OWN_NAME_TAKEN);
        if (!mine && (!forOthers || is(ToyDefect.WHISPERS_FOR_OTHERS))) {
            if (change.isDeletion() && !entries.containsKey(key) && is(ToyDefect.ABSENT_DELETION_CLOSES)) {
                link.close("ABSENT");
            }
            if (isAllowed(change)) {
                apply(change);
            }
        }
    }

    // SYN-4.
    private static boolean isChange(JsonNode message, int flag) {
        return message.size() == CHANGE_ITEMS && (flag == STORE || ToyValues.isDelta(message.get(5)));
    }

    private boolean isJoin(JsonNode message) {
        boolean value = !message.get(5).isNull() || is(ToyDefect.NIL_JOINED);
        JsonNode time = message.get(7);
        return value && ToyValues.hex(message.get(6)) != null && time.isIntegralNumber() && time.asLong() >= 0;
    }

    private boolean isTooLarge(Change change) {
        Entry there = entries.get(change.key());
        boolean full = there == null && entries.size() >= kind.maxEntries() && !change.isDeletion();
        JsonNode value = change.delta() && there != null && ToyValues.isMap(there.value())
                ? ToyValues.merged(there.value(), change.value())
                : change.value();
        boolean large = change.key().length() > 2 * MAX_KEY || ToyValues.size(value) > MAX_VALUE;
        return large && !is(ToyDefect.ANY_SIZE) || full && !is(ToyDefect.ANY_COUNT);
    }

    // SYN-12, SYN-14.
    private void joinStore(Change join) {
        Entry there = entries.get(join.key());
        boolean present = there != null && !(is(ToyDefect.FALSY_OVERWRITTEN) && ToyValues.isFalsy(there.value()));
        if (present && !is(ToyDefect.JOIN_OVERWRITES)) {
            return;
        }
        Deletion deletion = deletions.get(join.key());
        if (deletion != null && join.time() <= deletion.time() && hides(deletion, join)) {
            return;
        }
        if (is(ToyDefect.JOINS_RELAYED)) {
            mesh.broadcast(JSON.arrayNode()
                    .add(STORE)
                    .add(ToyValues.binary(join.key()))
                    .add(join.value()));
        }
        set(join, join.value());
    }

    private boolean hides(Deletion deletion, Change join) {
        Change deleting = new Change(join.key(), JSON.nullNode(), false, deletion.owner(), deletion.time());
        Entry named = new Entry(join.value(), join.owner(), join.time());
        boolean counts = deletion.removed() || is(ToyDefect.STRANGERS_HIDE) || isAllowed(deleting, named);
        return counts && !is(ToyDefect.DELETIONS_FORGOTTEN);
    }

    private boolean isAllowed(Change change) {
        return isAllowed(change, entries.get(change.key()));
    }

    // Chapter 7.3, by the model.
    private boolean isAllowed(Change change, @Nullable Entry current) {
        if (is(ToyDefect.NO_LEASES)) {
            return true;
        }
        ObjectNode in = JSON.objectNode()
                .put("now", is(ToyDefect.LEASE_BY_CHANGE) ? change.time() : mesh.now())
                .put("leasing", kind.leasing())
                .put("delta", change.delta());
        in.set("current", current == null ? JSON.nullNode() : claim(current.owner(), current.time()));
        in.set("change", claim(change.owner(), change.time()));
        return Wire.ok("lease.check", in).path("allow").asBoolean();
    }

    private static ObjectNode claim(JsonNode owner, long time) {
        ObjectNode claim = JSON.objectNode().put("time", time);
        return claim.set("owner", owner);
    }

    private void apply(Change change) {
        Entry there = entries.get(change.key());
        if (change.isDeletion()) {
            delete(change, there != null);
        } else if (!change.delta()) {
            set(change, change.value());
        } else if (there == null || ToyValues.isMap(there.value()) || is(ToyDefect.DELTA_ON_ALL)) {
            set(
                    change,
                    there != null && ToyValues.isMap(there.value()) && !is(ToyDefect.DELTA_REPLACES)
                            ? ToyValues.merged(there.value(), change.value())
                            : change.value());
        }
    }

    private void delete(Change change, boolean present) {
        Deletion before = deletions.get(change.key());
        if (present || before == null || !before.removed()) {
            deletions.put(change.key(), new Deletion(change.owner(), change.time(), present));
        }
        if (present) {
            entries.remove(change.key());
            ObjectNode event = JSON.objectNode().put("event", "delete");
            node.events.add(event.set("key", ToyValues.binary(change.key())));
        }
    }

    private void set(Change change, JsonNode value) {
        deletions.remove(change.key());
        Entry entry = new Entry(value, change.owner(), change.time());
        entries.put(change.key(), entry);
        ObjectNode event = described(entry).put("event", "update");
        node.events.add(event.set("key", ToyValues.binary(change.key())));
    }

    private static ObjectNode described(Entry entry) {
        ObjectNode described = claim(entry.owner(), entry.time());
        return described.set("value", entry.value());
    }

    private long freeFrom(Entry entry) {
        return is(ToyDefect.FREE_AT_ONCE) ? entry.time() : entry.time() + (kind.leasing() ? LEASE : 0) + 1;
    }

    /** An operation of the application: reads are answered, the outcome of writes is an event. */
    JsonNode answer(String op, ObjectNode in) {
        String key = String.valueOf(ToyValues.hex(in.path("key")));
        Entry there = entries.get(key);
        switch (op) {
            case "table.get" -> {
                return there == null ? JSON.objectNode() : JSON.objectNode().set("value", there.value());
            }
            case "table.entry" -> {
                return there == null ? JSON.objectNode() : described(there).put("free", freeFrom(there));
            }
            default -> {
                // The others are writes.
            }
        }
        boolean delta = op.equals("table.delta");
        JsonNode value = op.equals("table.delete") ? JSON.nullNode() : in.path(delta ? "delta" : "value");
        int call = mesh.requests().nextCall();
        write(new Change(key, value, delta, JSON.stringNode(own), mesh.now()), there, call);
        return JSON.objectNode().put("call", call);
    }

    // SYN-21, SYN-22.
    private void write(Change change, @Nullable Entry there, int call) {
        boolean refused = false;
        if (there != null && !isAllowed(change)) {
            refused = true;
            ObjectNode event = JSON.objectNode().put("event", "failed").put("call", call);
            event.put("err", "LEASE").put("free", freeFrom(there));
            node.events.add(event.set("owner", there.owner()));
        } else if (isTooLarge(change)) {
            mesh.requests().failed(call, "LIMIT");
            return;
        } else if (change.delta() && there != null && !ToyValues.isMap(there.value())) {
            mesh.requests().failed(call, "SHAPE");
            return;
        }
        boolean nothing = change.isDeletion() && there == null && !is(ToyDefect.ABSENT_DELETION_SENT);
        if (!nothing && (!refused || is(ToyDefect.REFUSED_SENT))) {
            send(change);
        }
        if (!refused) {
            mesh.requests().done(call);
        }
    }

    private void send(Change change) {
        JsonNode key = ToyValues.binary(change.key());
        JsonNode shown = is(ToyDefect.KEY_AS_TEXT) ? JSON.stringNode(String.valueOf(Wire.text(key))) : key;
        int flag = change.delta() ? DELTA : STORE;
        ArrayNode payload = JSON.arrayNode().add(flag).add(shown).add(change.value());
        // What is sent looks to SYN-20 like a message of another.
        ArrayNode message = mesh.own(0, change.time()).addAll(payload);
        long time = mesh.broadcast(payload, link -> mayGet(link, message));
        apply(new Change(change.key(), change.value(), change.delta(), change.owner(), time));
    }
}
