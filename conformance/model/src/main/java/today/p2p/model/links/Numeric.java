package today.p2p.model.links;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numeric address as a number of 32 or 128 bits (MSH-22).
 *
 * @param isShort whether it is an IPv4 address
 */
record Numeric(BigInteger number, boolean isShort) {

    private static final Pattern DOTTED =
            Pattern.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Pattern LOOSE = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(32);

    /** The classes of MSH-22. */
    enum Kind {
        PUBLIC,
        PRIVATE,
        LOOPBACK,
        NEVER
    }

    static Optional<Numeric> read(String text, Slip.Slips slips) {
        if (!text.contains(":")) {
            return dotted(text, slips.has(Slip.LEADING_ZEROS_TAKEN) ? LOOSE : DOTTED);
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.size() == 8).map(all -> of(all, List.of()));
        }
        Optional<List<Integer>> before = groups(text.substring(0, gap));
        Optional<List<Integer>> after = groups(text.substring(gap + 2));
        boolean dottedBefore = text.substring(0, gap).contains(".");
        if (before.isEmpty() || after.isEmpty() || dottedBefore) {
            return Optional.empty();
        }
        return before.get().size() + after.get().size() < 8
                ? Optional.of(of(before.get(), after.get()))
                : Optional.empty();
    }

    private static Optional<Numeric> dotted(String text, Pattern pattern) {
        Matcher parts = pattern.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int part = 1; part <= 4; part++) {
            int value = Integer.parseInt(parts.group(part));
            if (value > 255) {
                return Optional.empty();
            }
            number = number.shiftLeft(8).or(BigInteger.valueOf(value));
        }
        return Optional.of(new Numeric(number, true));
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int at = 0; at < parts.length; at++) {
            Optional<Numeric> inner = at == parts.length - 1 ? dotted(parts[at], DOTTED) : Optional.empty();
            if (inner.isPresent()) {
                groups.add(inner.get().number.shiftRight(16).intValue());
                groups.add(inner.get().number.intValue() & 0xffff);
            } else if (GROUP.matcher(parts[at]).matches()) {
                groups.add(Integer.parseInt(parts[at], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static Numeric of(List<Integer> before, List<Integer> after) {
        BigInteger number = BigInteger.ZERO;
        for (int at = 0; at < 8; at++) {
            int fromEnd = at - (8 - after.size());
            int group = at < before.size() ? before.get(at) : fromEnd >= 0 ? after.get(fromEnd) : 0;
            number = number.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return new Numeric(number, false);
    }

    /** One address, whatever it was written as: IPv4 inside ::ffff:0:0/96 is IPv4. */
    Numeric plain() {
        return isIn("0:0:0:0:0:ffff", 96) ? new Numeric(number.mod(WORD), true) : this;
    }

    /** The first row of the table that fits. */
    Kind kind(Slip.Slips slips) {
        if (!isShort && !slips.has(Slip.INNER_ADDRESSES_PUBLIC)) {
            if (isIn("0:0:0:0:0:ffff", 96) || isIn("64:ff9b:0:0:0:0", 96)) {
                return new Numeric(number.mod(WORD), true).kind(slips);
            }
            if (isIn("2002", 16)) {
                return new Numeric(number.shiftRight(80).mod(WORD), true).kind(slips);
            }
        }
        return isShort ? shortKind(slips) : longKind();
    }

    private Kind shortKind(Slip.Slips slips) {
        if (isIn("0.0.0.0", 8) || isIn("169.254.0.0", 16) || isIn("224.0.0.0", 3)) {
            return slips.has(Slip.LINK_LOCAL_DIALLED) && isIn("169.254.0.0", 16) ? Kind.PUBLIC : Kind.NEVER;
        }
        if (isIn("127.0.0.0", slips.has(Slip.LOOPBACK_IS_ONE_ADDRESS) ? 31 : 8)) {
            return Kind.LOOPBACK;
        }
        boolean own = isIn("10.0.0.0", 8)
                || isIn("172.16.0.0", 12)
                || isIn("192.168.0.0", 16)
                || (isIn("100.64.0.0", 10) && !slips.has(Slip.SHARED_IS_PUBLIC))
                || isIn("198.18.0.0", 15)
                || isIn("192.0.0.0", 24);
        return own ? Kind.PRIVATE : Kind.PUBLIC;
    }

    private Kind longKind() {
        if (number.equals(BigInteger.ONE)) {
            return Kind.LOOPBACK;
        }
        if (isIn("fc00", 7) || isIn("fec0", 10)) {
            return Kind.PRIVATE;
        }
        return isIn("2000", 3) ? Kind.PUBLIC : Kind.NEVER;
    }

    private boolean isIn(String net, int bits) {
        boolean shortNet = net.contains(".");
        if (shortNet != isShort) {
            return false;
        }
        BigInteger start = shortNet
                ? dotted(net, DOTTED).orElseThrow().number
                : of(groups(net).orElseThrow(), List.of()).number;
        int rest = (shortNet ? 32 : 128) - bits;
        return number.shiftRight(rest).equals(start.shiftRight(rest));
    }
}
