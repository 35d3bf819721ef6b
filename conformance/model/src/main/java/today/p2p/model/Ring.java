package today.p2p.model;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chord ring of 2^384 (chapter 7.4). */
final class Ring {

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
        BigInteger digest = new BigInteger(1, Digests.of(algorithm, key));
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
