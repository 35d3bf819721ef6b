package today.p2p.msgpack;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One msgpack value (MPK-1 to MPK-4). Immutable; two values are equal when they are the same value of the
 * protocol: integer and float never are (MPK-3), nor text and binary (MSG-9), and floats are compared by
 * their bits, arrays in the order of their items, and maps in any order of their entries (MPK-9).
 *
 * <p>A decoded value may share memory with the message that it came in. Safe for use by several threads.
 */
public sealed interface Value
        permits Value.Nil, Value.Bool, Value.Int, Value.Float, Value.ByteString, Value.Array, Value.Map, Value.Ext {

    /** The eight families of msgpack, text and binary apart: for {@code switch}. */
    enum Kind {
        NIL,
        BOOL,
        INT,
        FLOAT,
        TEXT,
        BINARY,
        ARRAY,
        MAP,
        EXT
    }

    /** Which of the nested types this is. */
    Kind kind();

    /** The value nil. */
    static Nil nil() {
        return Nil.NIL;
    }

    /** True or false. */
    static Bool of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    /** An integer. */
    static Int of(long value) {
        return SmallInts.of(value);
    }

    /**
     * An integer.
     *
     * @throws NotEncodableException RANGE, if it is outside -2^63..2^64-1
     */
    static Int of(BigInteger value) {
        boolean above = value.signum() > 0 && value.bitLength() == Long.SIZE;
        if (!above && value.bitLength() >= Long.SIZE) {
            throw new NotEncodableException(ErrorCode.RANGE, value + " is outside -2^63..2^64-1");
        }
        return above ? new Int(value.longValue(), true) : SmallInts.of(value.longValue());
    }

    /** The integer 0..2^64-1 whose 64 bits are {@code bits}. */
    static Int ofUnsigned(long bits) {
        return bits < 0 ? new Int(bits, true) : SmallInts.of(bits);
    }

    /** A float. */
    static Float of(double value) {
        return new Float(value);
    }

    /**
     * Text.
     *
     * @throws NotEncodableException TEXT, if it has a surrogate without its partner
     */
    static Text of(String text) {
        return new Text(Bytes.ofUtf8(text), text);
    }

    /**
     * Text given by its UTF-8.
     *
     * @throws NotEncodableException TEXT, if the bytes are not well-formed UTF-8
     */
    static Text text(Bytes utf8) {
        if (!utf8.isUtf8()) {
            throw new NotEncodableException(ErrorCode.TEXT, "not well-formed UTF-8: " + utf8);
        }
        return new Text(utf8, null);
    }

    /** Binary. */
    static Binary of(Bytes bytes) {
        return new Binary(bytes);
    }

    /** An array. */
    static Array array(Value... items) {
        return new Array(Items.of(List.of(items)));
    }

    /** An array. */
    static Array of(List<? extends Value> items) {
        return new Array(Items.of(items));
    }

    /** A map of the entries in this order. Equal keys are refused when the map is encoded (MPK-15). */
    static Map map(Entry... entries) {
        return map(List.of(entries));
    }

    /** A map of the entries in this order. Equal keys are refused when the map is encoded (MPK-15). */
    static Map map(List<Entry> entries) {
        Value[] alternating = new Value[2 * entries.size()];
        int at = 0;
        for (Entry entry : entries) {
            alternating[at++] = entry.key();
            alternating[at++] = entry.value();
        }
        return new Map(alternating);
    }

    /** Bytes of a type that the protocol does not know (MPK-11): {@code type} is -128..127. */
    static Ext ext(int type, Bytes bytes) {
        return new Ext(type, bytes);
    }

    /** Nothing. */
    enum Nil implements Value {
        NIL;

        @Override
        public Kind kind() {
            return Kind.NIL;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        static final Bool TRUE = new Bool(true);
        static final Bool FALSE = new Bool(false);

        @Override
        public Kind kind() {
            return Kind.BOOL;
        }
    }

    /**
     * An integer of -2^63..2^64-1 (MPK-4).
     *
     * @param bits the low 64 bits
     * @param isAboveLong whether it is 2^63 or more, so that {@code bits} is read as unsigned
     */
    record Int(long bits, boolean isAboveLong) implements Value {
        public Int {
            if (isAboveLong && bits >= 0) {
                throw new IllegalArgumentException(bits + " is not above 2^63-1");
            }
        }

        /**
         * The value as a long.
         *
         * @throws ArithmeticException if {@link #isAboveLong}
         */
        public long longValue() {
            if (isAboveLong) {
                throw new ArithmeticException(this + " is above 2^63-1");
            }
            return bits;
        }

        /** The value, whatever its size. */
        public BigInteger bigValue() {
            return isAboveLong ? new BigInteger(toString()) : BigInteger.valueOf(bits);
        }

        @Override
        public Kind kind() {
            return Kind.INT;
        }

        @Override
        public String toString() {
            return isAboveLong ? Long.toUnsignedString(bits) : Long.toString(bits);
        }
    }

    /** A float 64 (MPK-3). Equal by its bits: NaN to the same NaN, 0.0 not to -0.0. */
    record Float(double value) implements Value {
        @Override
        public Kind kind() {
            return Kind.FLOAT;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Float that
                    && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(that.value);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(Double.doubleToRawLongBits(value));
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** Text or binary: what senders, ids and keys may be, compared by their bytes (MSG-8). */
    sealed interface ByteString extends Value permits Text, Binary {
        /** The bytes; of text, its UTF-8. */
        Bytes bytes();
    }

    /** Well-formed UTF-8. The {@link String} is made when somebody asks for it. */
    final class Text implements ByteString {
        private final Bytes utf8;
        // Written without synchronisation: a String is safe however it is published, and all are equal.
        private @Nullable String text;

        Text(Bytes utf8, @Nullable String text) {
            this.utf8 = utf8;
            this.text = text;
        }

        @Override
        public Bytes bytes() {
            return utf8;
        }

        /** The text. */
        public String text() {
            String known = text;
            if (known == null) {
                known = utf8.utf8();
                text = known;
            }
            return known;
        }

        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text that && utf8.equals(that.utf8);
        }

        @Override
        public int hashCode() {
            return utf8.hashCode();
        }

        @Override
        public String toString() {
            return '"' + text() + '"';
        }
    }

    /** Bytes that are not text. */
    record Binary(Bytes bytes) implements ByteString {
        public Binary {
            Objects.requireNonNull(bytes);
        }

        @Override
        public Kind kind() {
            return Kind.BINARY;
        }

        @Override
        public String toString() {
            return "0x" + bytes;
        }
    }

    /** Values in a row. */
    record Array(List<Value> items) implements Value {
        public Array {
            items = Items.of(items);
        }

        Value[] row() {
            return ((Items) items).row();
        }

        @Override
        public Kind kind() {
            return Kind.ARRAY;
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /** Key and value of a map; any value may be a key (MPK-9). */
    record Entry(Value key, Value value) {
        public Entry {
            Objects.requireNonNull(key);
            Objects.requireNonNull(value);
        }

        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    /** Items.Entries in the order in which they came or are to go (MPK-14). */
    final class Map implements Value {
        private final Value[] alternating;

        /** Keys at even indexes, values behind them; the array is not changed any more. */
        Map(Value[] alternating) {
            this.alternating = alternating;
        }

        /** How many entries. */
        public int size() {
            return alternating.length / 2;
        }

        /** The entries in their order. */
        public List<Entry> entries() {
            return new Items.Entries(alternating);
        }

        /** The value of the first entry with this key. Looks through all entries, in their order. */
        public Optional<Value> get(Value key) {
            for (int at = 0; at < alternating.length; at += 2) {
                if (alternating[at].equals(key)) {
                    return Optional.of(alternating[at + 1]);
                }
            }
            return Optional.empty();
        }

        Value[] alternating() {
            return alternating;
        }

        @Override
        public Kind kind() {
            return Kind.MAP;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map that && Items.Entries.areSame(alternating, that.alternating);
        }

        @Override
        public int hashCode() {
            return Items.Entries.hash(alternating);
        }

        @Override
        public String toString() {
            return entries().toString();
        }
    }

    /**
     * Bytes of an application's own type.
     *
     * @param type -128..127
     */
    record Ext(int type, Bytes bytes) implements Value {
        public Ext {
            if (type != (byte) type) {
                throw new NotEncodableException(ErrorCode.RANGE, "ext type " + type + " is not in -128..127");
            }
            Objects.requireNonNull(bytes);
        }

        @Override
        public Kind kind() {
            return Kind.EXT;
        }

        @Override
        public String toString() {
            return "ext(" + type + ", 0x" + bytes + ")";
        }
    }
}
