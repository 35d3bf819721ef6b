package today.p2p.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Mutant.Defects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Negotiation, the decision tables (chapters 4.4 and 7.1 to 7.3), and the Sync Table that asks them (14). */
final class Rules {

    /** Who changed a key, and when. */
    record Change(byte[] owner, BigInteger time) {}

    private final Defects defects;

    Rules(Defects defects) {
        this.defects = defects;
    }

    /** NEG-1 and NEG-3: of the own list what the peer listed, in the own order, each once. */
    List<Integer> shared(List<Integer> own, List<Integer> peer) {
        List<Integer> shared = new ArrayList<>();
        for (Integer codec : defects.is(Mutant.PEER_ORDER) ? peer : own) {
            if ((own.contains(codec) && peer.contains(codec)) || defects.is(Mutant.UNKNOWN_SHARED)) {
                shared.add(codec);
            }
        }
        if (defects.is(Mutant.UNKNOWN_SHARED)) {
            shared.addAll(peer);
        }
        return defects.is(Mutant.SHARED_REPEATED) ? shared : new ArrayList<>(new LinkedHashSet<>(shared));
    }

    /** NEG-2: the first shared codec, or none. */
    @Nullable
    Integer sendersCodec(List<Integer> shared) {
        if (shared.isEmpty()) {
            return null;
        }
        return shared.get(defects.is(Mutant.LAST_SHARED) ? shared.size() - 1 : 0);
    }

    /** DUP-1: which of two links to one peer is closed, "old" or "new". */
    String closedLink(byte[] own, byte[] peer, boolean newOutgoing) {
        BigInteger ownId = new Base58(defects).nodeId(ascii(own));
        BigInteger peerId = new Base58(defects).nodeId(ascii(peer));
        boolean larger =
                defects.is(Mutant.IDS_AS_TEXT) ? ascii(own).compareTo(ascii(peer)) > 0 : ownId.compareTo(peerId) > 0;
        boolean closeOld = larger == newOutgoing;
        return closeOld != defects.is(Mutant.CONFLICT_INVERTED) ? "old" : "new";
    }

    private static String ascii(byte[] id) {
        return new String(id, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** BRD-1: now - window < time <= now + window, and not seen. */
    boolean acceptsBroadcast(BigInteger time, BigInteger now, boolean seen) {
        BigInteger oldest = now.subtract(Limits.BROADCAST_WINDOW);
        BigInteger newest = now.add(Limits.BROADCAST_WINDOW);
        boolean young = time.compareTo(oldest) > (defects.is(Mutant.OLDEST_BROADCAST) ? -1 : 0);
        boolean notAhead = time.compareTo(newest) <= (defects.is(Mutant.NEWEST_BROADCAST) ? -1 : 0)
                || defects.is(Mutant.FUTURE_BROADCAST);
        return young && notAhead && (!seen || defects.is(Mutant.SEEN_IGNORED));
    }

    /** LSE-1 to LSE-7: the first row that applies decides. */
    boolean allowsChange(BigInteger now, boolean leasing, boolean delta, @Nullable Change current, Change change) {
        if (current == null) {
            return !defects.is(Mutant.ABSENT_REFUSED);
        }
        int times = current.time().compareTo(change.time());
        if (Arrays.equals(current.owner(), change.owner())) {
            return !(defects.is(Mutant.OWNER_NEEDS_NEWER) && times > 0);
        }
        if (delta && !defects.is(Mutant.DELTA_NEEDS_OWNER) && (!leasing || defects.is(Mutant.DELTA_WITH_LEASING))) {
            return true;
        }
        int lapsed = current.time().compareTo(now.subtract(Limits.LEASE_TERM));
        if (lapsed < 0 || lapsed == 0 && defects.is(Mutant.LEASE_LAPSES_AT_3600)) {
            return true;
        }
        if (times == 0 && larger(current.owner(), change.owner())) {
            return true;
        }
        boolean newestWins = !leasing || defects.is(Mutant.NEWEST_WINS_ALWAYS);
        return newestWins && (defects.is(Mutant.OLDEST_WINS) ? times > 0 : times < 0);
    }

    // Unsigned bytes, a prefix is smaller (chapter 7.3).
    private boolean larger(byte[] current, byte[] change) {
        if (defects.is(Mutant.OWNERS_SIGNED)) {
            return Arrays.compare(current, change) > 0;
        }
        return Arrays.compareUnsigned(current, change) > 0 != defects.is(Mutant.TIE_TO_THE_LARGER);
    }

    /** What messages make of an empty Sync Table. */
    ObjectNode play(JsonNode in) {
        Rules.SyncTable table = new SyncTable(
                in.path("leasing").asBoolean(), Values.name(in.path("own")), Values.name(in.path("peer")));
        ObjectNode played = JsonNodeFactory.instance.objectNode();
        ArrayNode did = played.putArray("did");
        for (JsonNode step : in.path("steps")) {
            List<Value> payload = ((Value.Array) Values.read(step.path("payload"))).items();
            did.add(table.take(
                    Values.integer(step.path("now")),
                    step.path("type").asInt() == 0,
                    Values.read(step.path("sender")),
                    Values.integer(step.path("time")),
                    payload));
        }
        ArrayNode entries = played.putArray("entries");
        table.entries().forEach((key, held) -> {
            ObjectNode entry = entries.addObject();
            entry.set("key", Values.write(Value.Binary.of(key)));
            entry.set("value", Values.write(held.value()));
            entry.set("owner", Values.write(held.owner()));
            entry.set("time", Values.integer(held.time()));
        });
        return played;
    }

    /** One Sync Table and the messages of one peer (chapter 14). */
    final class SyncTable {

        private final boolean leasing;
        private final byte[] own;
        private final byte[] peer;
        private final TreeMap<byte[], Held> held = new TreeMap<>(Arrays::compareUnsigned);
        private final TreeMap<byte[], Gone> gone = new TreeMap<>(Arrays::compareUnsigned);

        SyncTable(boolean leasing, byte[] own, byte[] peer) {
            this.leasing = leasing;
            this.own = own;
            this.peer = peer;
        }

        TreeMap<byte[], Held> entries() {
            return held;
        }

        /** What a message does: "update", "delete" or "none". */
        String take(BigInteger now, boolean broadcast, Value sender, BigInteger time, List<Value> payload) {
            boolean delta = new Value.Int(BigInteger.valueOf(17)).equals(payload.get(0));
            boolean join = payload.size() == 5 && !delta && (!broadcast || defects.is(Mutant.JOIN_BROADCAST));
            byte @Nullable [] key = payload.size() < 2 ? null : bytes(payload.get(1));
            byte @Nullable [] owner = bytes(sender);
            if ((payload.size() != 3 && !join) || key == null || owner == null) {
                return "none"; // SYN-4
            }
            Value value = payload.get(2);
            if (join) {
                return join(now, key, value, payload.get(3), payload.get(4));
            }
            boolean forged = Arrays.equals(owner, own) || (!broadcast && !Arrays.equals(owner, peer));
            if (forged && !defects.is(Mutant.FORGED_CHANGE)
                    || isAhead(time, now)
                    || tooLong(owner, Limits.MAX_BASE58)) {
                return "none"; // SYN-5, SYN-6
            }
            Change change = new Change(owner, time);
            Held before = held.get(key);
            if (!allowsChange(now, leasing, delta, before == null ? null : before.change(), change)) {
                return "none";
            }
            if (delta) {
                return merge(key, before, value, new Held(value, sender, time));
            }
            return value instanceof Value.Nil ? delete(key, before, change) : put(key, new Held(value, sender, time));
        }

        // SYN-9.
        private String put(byte[] key, Held entry) {
            Writer shortest = new Writer(Defects.NONE);
            shortest.write(entry.value(), 1);
            int size = shortest.bytes().length;
            if (tooLong(key, Limits.MAX_KEY) || size > Limits.MAX_VALUE && !defects.is(Mutant.LONG_VALUE_TAKEN)) {
                return "none";
            }
            held.put(key, entry);
            gone.remove(key);
            return "update";
        }

        // SYN-8, SYN-14.
        private String delete(byte[] key, @Nullable Held before, Change by) {
            if (before != null || !gone.containsKey(key) || !gone.get(key).removed()) {
                gone.put(key, new Gone(by, before != null));
            }
            held.remove(key);
            return before == null && !defects.is(Mutant.ABSENT_DELETED) ? "none" : "delete";
        }

        // SYN-11.
        private String merge(byte[] key, @Nullable Held before, Value delta, Held entry) {
            Value base = before == null ? new Value.Dictionary(List.of()) : before.value();
            boolean isBad = !(delta instanceof Value.Dictionary map)
                    || map.entries().stream()
                            .anyMatch(it -> it.key() instanceof Value.Array || it.key() instanceof Value.Dictionary);
            if (isBad || !(base instanceof Value.Dictionary) && !defects.is(Mutant.DELTA_REPLACES)) {
                return "none";
            }
            LinkedHashMap<Value, Value> merged = new LinkedHashMap<>();
            if (base instanceof Value.Dictionary there) {
                there.entries().forEach(it -> merged.put(it.key(), it.value()));
            }
            for (Value.Entry it : ((Value.Dictionary) delta).entries()) {
                if (it.value() instanceof Value.Nil && defects.is(Mutant.NIL_REMOVES)) {
                    merged.remove(it.key());
                } else {
                    merged.put(it.key(), it.value());
                }
            }
            List<Value.Entry> entries = new ArrayList<>();
            merged.forEach((name, item) -> entries.add(new Value.Entry(name, item)));
            return put(key, new Held(new Value.Dictionary(entries), entry.owner(), entry.time()));
        }

        // SYN-12, SYN-14.
        private String join(BigInteger now, byte[] key, Value value, Value owner, Value time) {
            byte @Nullable [] name = bytes(owner);
            boolean sound = time instanceof Value.Int && !(value instanceof Value.Nil);
            BigInteger at = sound ? ((Value.Int) time).value() : BigInteger.valueOf(-1);
            if (name == null || !sound || at.signum() < 0 || at.compareTo(Limits.MAX_TIME) > 0) {
                return "none";
            }
            boolean stays =
                    held.containsKey(key) && !(isFalsy(held.get(key).value()) && defects.is(Mutant.FALSY_IS_ABSENT));
            if (stays
                    || isAhead(at, now)
                    || tooLong(name, Limits.MAX_BASE58)
                    || isUndone(key, new Change(name, at), now)) {
                return "none";
            }
            return put(key, new Held(value, owner, at));
        }

        private boolean isUndone(byte[] key, Change entry, BigInteger now) {
            Gone deletion = gone.get(key);
            if (deletion == null || defects.is(Mutant.DELETION_FORGOTTEN)) {
                return false;
            }
            return entry.time().compareTo(deletion.by().time()) <= 0
                    && (deletion.removed() || allowsChange(now, leasing, false, entry, deletion.by()));
        }

        private boolean isAhead(BigInteger time, BigInteger now) {
            return time.compareTo(now.add(Limits.BROADCAST_WINDOW)) > 0 && !defects.is(Mutant.AHEAD_TAKEN);
        }

        private boolean tooLong(byte[] bytes, int most) {
            return bytes.length > most && !defects.is(Mutant.LONG_KEY_TAKEN);
        }

        private static boolean isFalsy(Value value) {
            return value.equals(Value.Int.of(0))
                    || value.equals(new Value.Bool(false))
                    || value.equals(new Value.Text(""));
        }

        private static byte @Nullable [] bytes(Value value) {
            return value instanceof Value.Text || value instanceof Value.Binary
                    ? Values.name(Values.write(value))
                    : null;
        }

        /** What a key holds. */
        record Held(Value value, Value owner, BigInteger time) {
            Change change() {
                return new Change(Objects.requireNonNull(bytes(owner)), time);
            }
        }

        /** A deletion, and whether there was something to delete. */
        record Gone(Change by, boolean removed) {}
    }

    /** The chord ring of 2^384 (chapter 7.4). */
    static final class Ring {

        private static final BigInteger SIZE = BigInteger.TWO.pow(384);

        private final Defects defects;

        Ring(Defects defects) {
            this.defects = defects;
        }

        /** The five positions of a key, by hash name; sha512 unreduced (CHO-2, CHO-3). */
        Map<String, BigInteger> positions(byte[] key) {
            Map<String, BigInteger> positions = new LinkedHashMap<>();
            positions.put("sha1", position("SHA-1", key, 224));
            positions.put("sha224", position("SHA-224", key, 160));
            positions.put("sha256", position("SHA-256", key, 128));
            positions.put("sha384", position("SHA-384", key, 0));
            BigInteger sha512 = position("SHA-512", key, 0);
            positions.put("sha512", defects.is(Mutant.SHA512_REDUCED) ? sha512.mod(SIZE) : sha512);
            return positions;
        }

        private BigInteger position(String algorithm, byte[] key, int shift) {
            BigInteger digest = new BigInteger(1, Bytes.digest(algorithm, key));
            return defects.is(Mutant.UNSHIFTED) ? digest : digest.shiftLeft(shift);
        }

        /** CHO-1: how far it is from one to the other, going upwards. */
        BigInteger distance(BigInteger from, BigInteger to) {
            BigInteger up = to.subtract(from).mod(SIZE);
            return defects.is(Mutant.DISTANCE_BOTH_WAYS) ? up.min(SIZE.subtract(up)) : up;
        }

        /** CHO-5, CHO-6: of the candidates the nearest behind a position, or ahead of it; the earlier one of equals. */
        @Nullable
        BigInteger nearest(List<BigInteger> candidates, BigInteger position, boolean ahead) {
            boolean look = ahead ? !defects.is(Mutant.AHEAD_IS_BEHIND) : defects.is(Mutant.SUCCESSOR_OWNS);
            BigInteger nearest = null;
            BigInteger shortest = SIZE;
            for (BigInteger candidate : candidates) {
                BigInteger distance = look ? distance(position, candidate) : distance(candidate, position);
                int compared = distance.compareTo(shortest);
                if (compared < 0 || compared == 0 && defects.is(Mutant.LATER_CANDIDATE_WINS)) {
                    nearest = candidate;
                    shortest = distance;
                }
            }
            return nearest;
        }
    }
}
