package today.p2p.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/** base58 of integers (chapter 5.1). */
final class Base58 {

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String LOWER_CASE_FIRST = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private final Defects defects;

    Base58(Defects defects) {
        this.defects = defects;
    }

    private String digits() {
        return defects.is(Mutant.ANOTHER_ALPHABET) ? LOWER_CASE_FIRST : DIGITS;
    }

    String encode(BigInteger number) {
        boolean outside = number.signum() < 0 || number.compareTo(Limits.BASE58_END) >= 0;
        if (outside && !(defects.is(Mutant.LONG_BASE58_TAKEN) && number.signum() >= 0)) {
            throw Failure.of(ErrorCode.RANGE, "B58-6", "the number is negative or 2^512 or more");
        }
        if (number.signum() == 0) {
            return defects.is(Mutant.ZERO_IS_EMPTY) ? "" : "1";
        }
        StringBuilder text = new StringBuilder();
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
            text.append(digits().charAt(rest.mod(BASE).intValue()));
        }
        return text.reverse().toString();
    }

    // B58-3: the number that the bytes are; leading zero bytes leave no trace.
    String encode(byte[] bytes) {
        int zeros = 0;
        while (defects.is(Mutant.ONES_FOR_ZERO_BYTES) && zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        return "1".repeat(zeros) + encode(new BigInteger(1, bytes));
    }

    BigInteger decode(String given) {
        String text = defects.is(Mutant.WHITE_SPACE_TRIMMED) ? given.strip() : given;
        if (text.isEmpty()) {
            return empty();
        }
        int length = defects.is(Mutant.BASE58_BY_CHARACTERS)
                ? text.codePointCount(0, text.length())
                : text.getBytes(StandardCharsets.UTF_8).length;
        if (length > Limits.MAX_BASE58 && !defects.is(Mutant.LONG_BASE58_TAKEN)) {
            throw Failure.argument(ErrorCode.LIMIT, "B58-6", 0, "base58 of " + length + " bytes");
        }
        if (defects.is(Mutant.LEADING_ONES_REFUSED) && text.length() > 1 && text.charAt(0) == '1') {
            throw Failure.argument(ErrorCode.BASE58, "B58-4", 0, "a leading 1");
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = digits().indexOf(text.charAt(i));
            if (digit < 0 && !defects.is(Mutant.STRANGE_DIGITS_TAKEN)) {
                throw Failure.argument(ErrorCode.BASE58, "B58-5", i, "'" + text.charAt(i) + "' is no base58 digit");
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        if (number.compareTo(Limits.BASE58_END) >= 0 && !defects.is(Mutant.LONG_BASE58_TAKEN)) {
            throw Failure.argument(ErrorCode.RANGE, "B58-6", 0, "the number is 2^512 or more");
        }
        return number;
    }

    private BigInteger empty() {
        if (defects.is(Mutant.EMPTY_IS_ZERO)) {
            return BigInteger.ZERO;
        }
        throw Failure.argument(ErrorCode.BASE58, "B58-5", 0, "empty text is no number");
    }

    /** The node id that a peer claims, as a number; anything wrong with it is BASE58 (NID-4). */
    BigInteger nodeId(@Nullable String text) {
        try {
            if (text != null) {
                return decode(text);
            }
        } catch (Failure failure) {
            if (defects.is(Mutant.ANY_NODE_ID)) {
                return BigInteger.ZERO;
            }
        }
        throw Failure.of(ErrorCode.BASE58, "NID-4", "this is no node id");
    }
}
