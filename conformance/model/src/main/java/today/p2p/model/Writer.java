package today.p2p.model;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/** Writes values in their shortest form (chapter 3.3). Depth is bounded by {@code max-depth}, so it may recurse. */
final class Writer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Defects defects;
    private long items;

    Writer(Defects defects) {
        this.defects = defects;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void write(Value value, int depth) {
        if (value instanceof Value.Int number) {
            integer(number.value());
        } else if (value instanceof Value.Float64 number) {
            real(number);
        } else if (value instanceof Value.Text text) {
            text(text.value());
        } else if (value instanceof Value.Binary binary) {
            head(binary.value().length(), -1, 0, 0xc4);
            out.writeBytes(binary.value().array);
        } else if (value instanceof Value.Extension ext) {
            extension(ext);
        } else if (value instanceof Value.Array array) {
            checkRoom(depth, array.items().size());
            head(array.items().size(), 15, 0x90, 0xdb);
            array.items().forEach(item -> write(item, depth + 1));
        } else if (value instanceof Value.Dictionary map) {
            dictionary(map, depth);
        } else {
            out.write(value instanceof Value.Bool bool ? (bool.value() ? 0xc3 : 0xc2) : 0xc0);
        }
    }

    private void checkRoom(int depth, long more) {
        if (depth > (defects.is(Mutant.OWN_DEPTH_LIMIT) ? 1000 : Limits.MAX_DEPTH)) {
            throw Failure.of(ErrorCode.LIMIT, "MPK-15", "nesting deeper than " + Limits.MAX_DEPTH);
        }
        items += more;
        if (items > Limits.MAX_ITEMS && !defects.is(Mutant.ITEMS_UNCOUNTED)) {
            throw Failure.of(ErrorCode.LIMIT, "MPK-15", "more than " + Limits.MAX_ITEMS + " items in one message");
        }
    }

    // MPK-12: a non-negative integer in an unsigned form.
    private void integer(BigInteger number) {
        boolean sendable = number.compareTo(Limits.MIN_INTEGER) >= 0 && number.compareTo(Limits.MAX_INTEGER) <= 0;
        if (!sendable && !defects.is(Mutant.NONSENSE_SENT)) {
            throw Failure.of(ErrorCode.RANGE, "MPK-15", "the integer " + number + " is outside -2^63..2^64-1");
        }
        boolean negative = number.signum() < 0;
        int bits = number.bitLength();
        if (!defects.is(Mutant.INTEGERS_SENT_LONG) && bits <= (negative ? 5 : 7)) {
            out.write(number.intValue());
            return;
        }
        int width = 0;
        while (width < 3 && (bits + (negative ? 1 : 0) > 8 << width || defects.is(Mutant.INTEGERS_SENT_LONG))) {
            width++;
        }
        out.write((negative ? 0xd0 : 0xcc) + width);
        bigEndian(number.longValue(), 1 << width);
    }

    // MPK-13: a float 64, whatever its number.
    private void real(Value.Float64 number) {
        double value = number.value();
        if (defects.is(Mutant.FLOATS_SENT_SHORT)) {
            out.write(0xca);
            bigEndian(Float.floatToIntBits((float) value), 4);
            return;
        }
        out.write(0xcb);
        bigEndian(number.bits(), 8);
    }

    private void text(String text) {
        byte[] utf8 = utf8(text);
        head(utf8.length, 31, 0xa0, 0xd9);
        out.writeBytes(utf8);
    }

    private byte[] utf8(String text) {
        if (defects.is(Mutant.NONSENSE_SENT)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw Failure.of(ErrorCode.TEXT, "MPK-15", "a text has a lone surrogate");
        }
    }

    private void extension(Value.Extension ext) {
        int length = ext.value().length();
        if (length > 0 && length <= 16 && Integer.bitCount(length) == 1) {
            out.write(0xd4 + Integer.numberOfTrailingZeros(length));
        } else {
            head(length, -1, 0, 0xc7);
        }
        out.write(ext.type());
        out.writeBytes(ext.value().array);
    }

    private void dictionary(Value.Dictionary map, int depth) {
        checkRoom(depth, 2L * map.entries().size());
        List<Value.Entry> entries = new ArrayList<>(map.entries());
        if (defects.is(Mutant.MAP_SORTED)) {
            entries.sort(Comparator.comparing(entry -> Words.canonical(entry.key())));
        }
        head(entries.size(), 15, 0x80, 0xdd);
        Set<String> keys = new HashSet<>();
        for (Value.Entry entry : entries) {
            if (!keys.add(Words.canonical(entry.key())) && !defects.is(Mutant.NONSENSE_SENT)) {
                throw Failure.of(ErrorCode.BODY, "MPK-15", "the key " + Words.of(entry.key()) + " is repeated");
            }
            write(entry.key(), depth + 1);
            write(entry.value(), depth + 1);
        }
    }

    /**
     * Writes a length: inside the first byte up to {@code inside}, else in 1, 2 or 4 bytes after {@code form}. Arrays
     * and maps have no 1-byte form: theirs begins one lower, at a byte that is never reached.
     */
    private void head(int length, int inside, int insideForm, int form) {
        boolean container = form == 0xdb || form == 0xdd;
        if (length <= inside) {
            out.write(insideForm + length);
        } else if (length <= 0xff && !container) {
            out.write(form);
            bigEndian(length, 1);
        } else if (length <= 0xffff) {
            out.write(form + 1);
            bigEndian(length, 2);
        } else {
            out.write(form + 2);
            bigEndian(length, 4);
        }
    }

    private void bigEndian(long number, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write((int) (number >> shift));
        }
    }
}
