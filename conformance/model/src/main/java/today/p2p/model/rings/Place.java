package today.p2p.model.rings;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A position in one of the five tables (CHO-2, CHO-3), as messages name it. */
record Place(String hash, BigInteger number) implements Comparable<Place> {
    static final List<String> HASHES = List.of("sha1", "sha224", "sha256", "sha384", "sha512");

    private static final BigInteger RING = BigInteger.TWO.pow(384);
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int LONGEST = 128;
    private static final List<String> ALGORITHMS = List.of("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");
    private static final List<Integer> SHIFTS = List.of(224, 160, 128, 0, 0);

    /** The five positions of a key. */
    static List<Place> of(byte[] key) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < HASHES.size(); i++) {
            BigInteger digest = new BigInteger(1, digest(ALGORITHMS.get(i), key));
            places.add(new Place(HASHES.get(i), digest.shiftLeft(SHIFTS.get(i))));
        }
        return places;
    }

    private static byte[] digest(String algorithm, byte[] key) {
        try {
            return MessageDigest.getInstance(algorithm).digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime must have " + algorithm, e);
        }
    }

    /** What two items of a message name; empty when that is no position (CRD-7). */
    static Optional<Place> read(JsonNode hash, JsonNode key) {
        Optional<String> name = Items.text(hash).filter(HASHES::contains);
        return name.flatMap(table -> Items.text(key).flatMap(Place::number).map(number -> new Place(table, number)));
    }

    /** The number of a base58 text (B58-5, B58-6). */
    static Optional<BigInteger> number(String text) {
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return Optional.of(number);
    }

    String base58() {
        StringBuilder text = new StringBuilder();
        BigInteger rest = number;
        do {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        } while (rest.signum() > 0);
        return text.reverse().toString();
    }

    /** How far it is from a node upwards to this position (CHO-1). */
    BigInteger from(BigInteger node) {
        return number.subtract(node).mod(RING);
    }

    /** The two items of a message (CRD-6). */
    List<JsonNode> items(RingDefect.Flaws flaws) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode name = flaws.has(RingDefect.HASH_AS_TEXT) ? json.stringNode(hash) : Items.binary(hash);
        JsonNode key = flaws.has(RingDefect.POSITION_AS_BINARY) ? Items.binary(base58()) : json.stringNode(base58());
        return List.of(name, key);
    }

    @Override
    public int compareTo(Place other) {
        int tables = Integer.compare(HASHES.indexOf(hash), HASHES.indexOf(other.hash));
        return tables != 0 ? tables : number.compareTo(other.number);
    }
}
