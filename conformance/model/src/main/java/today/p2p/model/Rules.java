package today.p2p.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Mutant.Defects;

/** Negotiation and the decision tables (chapters 4.4 and 7.1 to 7.3): answers without state. */
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
