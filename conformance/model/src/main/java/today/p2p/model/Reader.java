package today.p2p.model;

import static today.p2p.model.Failure.message;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/** Reads msgpack, one item after the other, with an own stack in place of recursion (chapter 3.2). */
final class Reader {

    /** Hears of every item header or whole scalar, in the order of the bytes. */
    interface Watcher {
        void item(int start, int end, int depth, String path, String name, String value);
    }

    private static final int FIELDS = 3;

    private final byte[] bytes;
    private final Defects defects;
    private final @Nullable Watcher watcher;
    private final Deque<OpenItem> open = new ArrayDeque<>();
    private final int[] fieldStarts = new int[FIELDS];
    private int position;
    private long items;
    private int start;

    Reader(byte[] bytes, Defects defects, @Nullable Watcher watcher) {
        this.bytes = bytes;
        this.defects = defects;
        this.watcher = watcher;
    }

    int position() {
        return position;
    }

    /** Where the type, the sender or the time began, by its number from 0. */
    int fieldStart(int field) {
        return fieldStarts[field];
    }

    /** Reads the one item that begins at the position. */
    Value read() {
        if (bytes.length == 0) {
            throw message(ErrorCode.BODY, "MPK-5", 0, "$", "the bare message is empty");
        }
        while (true) {
            start = position;
            OpenItem outermost = open.peek();
            if (outermost != null && open.size() == 1 && outermost.taken() < FIELDS) {
                fieldStarts[(int) outermost.taken()] = start;
            }
            Value done = scalarOrOpen();
            int doneStart = start;
            while (done != null) {
                OpenItem parent = open.peek();
                if (parent == null) {
                    return done;
                }
                done = parent.take(done, doneStart, bytes, position);
                if (done != null) {
                    doneStart = parent.start;
                    open.pop();
                }
            }
        }
    }

    /** Reads a scalar, or an empty container; or opens a container and returns null. */
    private @Nullable Value scalarOrOpen() {
        int first = Byte.toUnsignedInt(take(1)[0]);
        if (first <= 0x7f || first >= 0xe0) {
            return seen("fixint", Value.Int.of((byte) first));
        }
        if (first <= 0x8f) {
            return container("fixmap", first & 0x0f, true, false);
        }
        if (first <= 0x9f) {
            return container("fixarray", first & 0x0f, false, false);
        }
        if (first <= 0xbf) {
            return text("fixstr", first & 0x1f, 0);
        }
        return switch (first) {
            case 0xc0 -> seen("nil", new Value.Nil());
            case 0xc1 -> neverUsed();
            case 0xc2, 0xc3 -> seen("bool", new Value.Bool(first == 0xc3));
            case 0xc4, 0xc5, 0xc6 -> binary(1 << (first - 0xc4));
            case 0xc7, 0xc8, 0xc9 -> extension("ext " + (8 << (first - 0xc7)), number(1 << (first - 0xc7)));
            case 0xca -> float32();
            case 0xcb -> seen("float 64", real(ByteBuffer.wrap(take(8)).getLong()));
            case 0xcc, 0xcd, 0xce, 0xcf -> unsigned(1 << (first - 0xcc));
            case 0xd0, 0xd1, 0xd2, 0xd3 -> signed(1 << (first - 0xd0));
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension("fixext", 1 << (first - 0xd4));
            case 0xd9, 0xda, 0xdb -> text("str " + (8 << (first - 0xd9)), number(1 << (first - 0xd9)), first - 0xd8);
            case 0xdc, 0xdd -> container("array " + (16 << (first - 0xdc)), number(2 << (first - 0xdc)), false, true);
            default -> container("map " + (16 << (first - 0xde)), number(2 << (first - 0xde)), true, true);
        };
    }

    private Value neverUsed() {
        if (defects.is(Mutant.C1_IS_NIL)) {
            return new Value.Nil();
        }
        throw fail(ErrorCode.BODY, "MPK-5", "the byte c1 begins no item");
    }

    private Value unsigned(int width) {
        BigInteger number = new BigInteger(1, take(width));
        if (defects.is(Mutant.UINT64_SIGNED) && width == 8) {
            number = BigInteger.valueOf(number.longValue());
        }
        return integer("uint " + width * 8, number, width);
    }

    private Value signed(int width) {
        return integer("int " + width * 8, new BigInteger(take(width)), width);
    }

    private Value integer(String name, BigInteger number, int width) {
        if (defects.is(Mutant.LONG_FORMS_REFUSED) && number.bitLength() <= (width == 1 ? 5 : 4 * width - 1)) {
            throw fail(ErrorCode.BODY, "MPK-2", "this integer has a shorter form");
        }
        if (defects.is(Mutant.INTEGERS_AS_DOUBLES)) {
            number = new java.math.BigDecimal(number.doubleValue()).toBigInteger();
        }
        return seen(name, new Value.Int(number));
    }

    // MPK-3: the double of the same number.
    private Value float32() {
        int bits = ByteBuffer.wrap(take(4)).getInt();
        float number = Float.intBitsToFloat(bits);
        long wide = Float.isNaN(number) ? wideNan(bits) : Double.doubleToRawLongBits(number);
        return seen("float 32", real(wide));
    }

    // MPK-17, by hand: what a cast does to the bits of a NaN is left open by the language.
    private long wideNan(int bits) {
        if (defects.is(Mutant.NAN_PAYLOAD_LOST)) {
            return 0x7ff8_0000_0000_0000L;
        }
        long sign = (long) (bits >>> 31) << 63;
        long payload = (long) (bits & 0x007f_ffff) << 29;
        long quiet = defects.is(Mutant.SIGNALLING_NAN_KEPT) ? 0 : 1L << 51;
        return sign | 0x7ff0_0000_0000_0000L | quiet | payload;
    }

    private Value real(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (defects.is(Mutant.FLOAT_AS_INTEGER) && value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Value.Int.of((long) value);
        }
        if (defects.is(Mutant.NEGATIVE_ZERO_LOST) && value == 0) {
            return new Value.Float64(0);
        }
        return new Value.Float64(bits);
    }

    private Value text(String name, long length, int widthCode) {
        if (defects.is(Mutant.LONG_FORMS_REFUSED) && widthCode > 0 && length < 32) {
            throw fail(ErrorCode.BODY, "MPK-2", "this text has a shorter form");
        }
        byte[] utf8 = content(length);
        return seen(name, new Value.Text(decodeUtf8(utf8)));
    }

    // MPK-8. The decoder of the JDK keeps to table 3-7 of Unicode when it is told to report.
    private String decodeUtf8(byte[] utf8) {
        if (defects.is(Mutant.UTF8_REPLACED)
                || defects.is(Mutant.UTF8_SURROGATES) && new Bytes(utf8).hex().matches("(..)*ed[ab].(..)*")) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fail(ErrorCode.TEXT, "MPK-8", "this text is not well-formed UTF-8");
        }
    }

    private Value binary(int width) {
        byte[] content = content(number(width));
        if (defects.is(Mutant.BINARY_AS_TEXT)
                && Arrays.equals(
                        new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), content)) {
            return seen("bin", new Value.Text(new String(content, StandardCharsets.UTF_8)));
        }
        return seen("bin " + width * 8, Value.Binary.of(content));
    }

    private Value extension(String name, long length) {
        if (defects.is(Mutant.EXT_REFUSED)) {
            throw fail(ErrorCode.BODY, "MPK-11", "ext is not known");
        }
        byte type = take(1)[0];
        return seen(name, new Value.Extension(type, new Bytes(content(length))));
    }

    // MPK-6 before MPK-7 before MPK-16, and all before room is made for anything.
    private @Nullable Value container(String name, long count, boolean map, boolean longForm) {
        long room = (bytes.length - position) / (map ? 2 : 1);
        if (defects.is(Mutant.COUNT_TRUSTED)) {
            if (count > 100_000_000) {
                throw fail(ErrorCode.INTERNAL, "MPK-6", "out of memory: room for " + count + " items");
            }
        } else if (count > room) {
            throw fail(ErrorCode.BODY, "MPK-6", name + " claims " + count + " items, the bytes left hold " + room);
        }
        int depth = open.size() + 1;
        int deepest = defects.is(Mutant.DEPTH_LIMIT_REFUSES_ITSELF) ? Limits.MAX_DEPTH - 1 : Limits.MAX_DEPTH;
        if (depth > (defects.is(Mutant.OWN_DEPTH_LIMIT) ? 1000 : deepest)) {
            throw fail(ErrorCode.LIMIT, "MPK-7", "nesting deeper than " + deepest);
        }
        countItems(map ? 2 * count : count);
        if (defects.is(Mutant.LONG_FORMS_REFUSED) && longForm && count < 16) {
            throw fail(ErrorCode.BODY, "MPK-2", "this container has a shorter form");
        }
        if (watcher != null) {
            watcher.item(start, position, depth, path(), name, count + (map ? " entries" : " items"));
        }
        OpenItem item = new OpenItem(start, count, map, path(), defects);
        if (count == 0) {
            return item.whole();
        }
        open.push(item);
        return null;
    }

    private void countItems(long more) {
        items += more;
        boolean tooMany = defects.is(Mutant.ITEM_LIMIT_REFUSES_ITSELF)
                ? items >= Limits.MAX_ITEMS
                : items > Limits.MAX_ITEMS && !defects.is(Mutant.ITEMS_UNCOUNTED);
        if (tooMany) {
            throw fail(ErrorCode.LIMIT, "MPK-16", "more than " + Limits.MAX_ITEMS + " items in one message");
        }
    }

    private Value seen(String name, Value value) {
        if (watcher != null) {
            watcher.item(start, position, open.size() + 1, path(), name, Words.of(value));
        }
        return value;
    }

    private long number(int width) {
        return new BigInteger(1, take(width)).longValueExact();
    }

    // MPK-6: the length against the bytes left, before anything is reserved for it.
    private byte[] content(long length) {
        int left = bytes.length - position;
        if (length > left) {
            if (defects.is(Mutant.CUT_TEXT_TAKEN)) {
                return take(left);
            }
            throw fail(ErrorCode.BODY, "MPK-6", "this item claims " + length + " bytes, " + left + " are left");
        }
        return take((int) length);
    }

    private byte[] take(int count) {
        if (count > bytes.length - position) {
            throw fail(ErrorCode.BODY, "MPK-5", "the message ends inside this item");
        }
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    private Failure fail(ErrorCode code, String clause, String detail) {
        return message(code, clause, start, path(), detail);
    }

    private String path() {
        OpenItem parent = open.peek();
        return parent == null ? "$" : parent.childPath();
    }

    /** An array or map whose items are still being read. */
    static final class OpenItem {

        private static final List<String> FIELDS = List.of("$.type", "$.sender", "$.time");

        final int start;
        private final long count;
        private final boolean map;
        private final String path;
        private final Defects defects;
        private final List<Value> items = new ArrayList<>();
        private final List<Value.Entry> entries = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private @Nullable Value key;
        private long taken;

        OpenItem(int start, long count, boolean map, String path, Defects defects) {
            this.start = start;
            this.count = count;
            this.map = map;
            this.path = path;
            this.defects = defects;
        }

        /** Takes the next item; returns this container when that was its last one. */
        @Nullable
        Value take(Value item, int itemStart, byte[] bytes, int itemEnd) {
            if (!map) {
                items.add(item);
                taken++;
            } else if (key == null) {
                checkKey(item, itemStart, bytes, itemEnd);
                key = item;
            } else {
                entries.add(new Value.Entry(key, item));
                key = null;
                taken++;
            }
            return taken == count ? whole() : null;
        }

        /** How many items or entries are complete. */
        long taken() {
            return taken;
        }

        Value whole() {
            return map ? new Value.Dictionary(entries) : new Value.Array(items);
        }

        // MPK-9. The form of a key does not matter, its value does.
        private void checkKey(Value item, int itemStart, byte[] bytes, int itemEnd) {
            if (defects.is(Mutant.KEYS_TEXT_ONLY) && !(item instanceof Value.Text)) {
                throw message(ErrorCode.BODY, "MPK-9", itemStart, childPath(), "a key must be text");
            }
            String same = defects.is(Mutant.KEYS_BY_FORM)
                    ? new Bytes(Arrays.copyOfRange(bytes, itemStart, itemEnd)).hex()
                    : Words.canonical(item);
            if (keys.add(same)) {
                return;
            }
            if (defects.is(Mutant.REPEATED_KEY_LAST_WINS)) {
                entries.removeIf(entry -> entry.key().equals(item));
                return;
            }
            throw message(
                    ErrorCode.BODY, "MPK-9", itemStart, childPath(), "the key " + Words.of(item) + " is repeated");
        }

        /** The path of the item that comes next. */
        String childPath() {
            if (map) {
                return key == null ? path + ".key[" + taken + "]" : path + "[" + Words.of(key) + "]";
            }
            int index = items.size();
            if (!path.equals("$")) {
                return path + "[" + index + "]";
            }
            return index < 3 ? FIELDS.get(index) : "$.payload[" + (index - 3) + "]";
        }
    }
}
