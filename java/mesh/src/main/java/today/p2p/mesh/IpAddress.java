package today.p2p.mesh;

import java.util.Arrays;
import java.util.Optional;
import today.p2p.msgpack.Bytes;

/**
 * A numeric IPv4 or IPv6 address, read without asking anybody what a name means (MSH-22). IPv4 inside IPv6
 * counts as IPv4.
 *
 * @param bytes 4 or 16
 */
record IpAddress(Bytes bytes) {
    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int PREFIX = 8;

    /** What may be dialled on whose word. */
    enum Range {
        /** An address of the Internet. */
        PUBLIC,
        /** An address inside somebody's own network. */
        PRIVATE,
        /** This machine. */
        LOOPBACK,
        /** Multicast, unspecified, broadcast, link-local or reserved: never dialled. */
        FORBIDDEN
    }

    /** The address that the text is, in the one form that every system reads alike. */
    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0
                ? parseV4(text).map(IpAddress::new)
                : parseV6(text).map(IpAddress::unwrap);
    }

    /** What counts as one address when links are counted: itself, and of IPv6 its first 64 bits (MSH-6). */
    Bytes group() {
        return bytes.length() == V4 ? bytes : bytes.slice(0, PREFIX);
    }

    Range range() {
        return bytes.length() == V4 ? rangeV4(at(0), at(1), at(2), at(3)) : rangeV6();
    }

    private static Range rangeV4(int a, int b, int c, int d) {
        if (a == 0 || a >= 224 || (a == 169 && b == 254)) {
            return Range.FORBIDDEN;
        }
        if (a == 127) {
            return Range.LOOPBACK;
        }
        boolean shared = a == 100 && (b & 0xc0) == 64;
        boolean own = a == 10 || (a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168) || shared;
        boolean benchmarksAndProtocols = (a == 198 && (b & 0xfe) == 18) || (a == 192 && b == 0 && c == 0);
        return own || benchmarksAndProtocols ? Range.PRIVATE : Range.PUBLIC;
    }

    private Range rangeV6() {
        int first = at(0) << 8 | at(1);
        if (isZero(0, V6) || at(0) == 0xff || (first & 0xffc0) == 0xfe80) {
            return Range.FORBIDDEN;
        }
        if (isZero(0, V6 - 1) && at(V6 - 1) == 1) {
            return Range.LOOPBACK;
        }
        if (first == 0x2002) {
            return rangeV4(at(2), at(3), at(4), at(5));
        }
        if (first == 0x0064 && at(2) == 0xff && at(3) == 0x9b && isZero(V4, V6 - V4)) {
            return rangeV4(at(12), at(13), at(14), at(15));
        }
        boolean own = (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfec0;
        return own ? Range.PRIVATE : (first & 0xe000) == 0x2000 ? Range.PUBLIC : Range.FORBIDDEN;
    }

    private int at(int index) {
        return bytes.get(index) & 0xff;
    }

    private boolean isZero(int from, int to) {
        for (int index = from; index < to; index++) {
            if (bytes.get(index) != 0) {
                return false;
            }
        }
        return true;
    }

    private static IpAddress unwrap(byte[] v6) {
        boolean mapped = (v6[10] & v6[11]) == -1;
        boolean zeros = Arrays.equals(v6, 0, 10, new byte[10], 0, 10);
        return new IpAddress(mapped && zeros ? Bytes.copyOf(v6, 12, V4) : Bytes.of(v6));
    }

    private static Optional<Bytes> parseV4(String text) {
        byte[] bytes = new byte[V4];
        int at = 0;
        for (int index = 0; index < V4; index++) {
            int end = index == V4 - 1 ? text.length() : text.indexOf('.', at);
            int part = end < 0 ? -1 : part(text, at, end);
            if (part < 0) {
                return Optional.empty();
            }
            bytes[index] = (byte) part;
            at = end + 1;
        }
        return Optional.of(Bytes.of(bytes));
    }

    /** The number 0..255 that is there, or -1. Without regular expressions: each link that comes has an address. */
    private static int part(String text, int from, int to) {
        // No leading zero: some systems read one as octal.
        boolean isShort = to > from && to - from <= 3 && (text.charAt(from) != '0' || to - from == 1);
        int value = isShort ? 0 : -1;
        for (int at = from; at < to && value >= 0; at++) {
            int digit = text.charAt(at) - '0';
            value = digit >= 0 && digit <= 9 ? value * 10 + digit : -1;
        }
        return value <= 255 ? value : -1;
    }

    private static Optional<byte[]> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.length == V6);
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<byte[]> head = groups(text.substring(0, gap));
        Optional<byte[]> tail = groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > V6 - 2) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head.get(), V6);
        System.arraycopy(tail.get(), 0, bytes, V6 - tail.get().length, tail.get().length);
        return Optional.of(bytes);
    }

    /** The bytes of groups of hexadecimal digits, of which the last may be dotted. */
    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > V6 / 2) {
            return Optional.empty();
        }
        byte[] bytes = new byte[V6 + V4];
        int length = 0;
        for (int index = 0; index < parts.length; index++) {
            boolean last = index == parts.length - 1;
            Optional<Bytes> dotted = last ? parseV4(parts[index]) : Optional.empty();
            if (dotted.isPresent()) {
                dotted.get().copyTo(bytes, length);
                length += V4;
            } else if (parts[index].matches("[0-9A-Fa-f]{1,4}")) {
                int group = Integer.parseInt(parts[index], 16);
                bytes[length++] = (byte) (group >> 8);
                bytes[length++] = (byte) group;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOf(bytes, length));
    }
}
