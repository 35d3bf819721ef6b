package today.p2p.terminal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/**
 * Values for a person's eye. What came from a stranger is escaped, so that it can neither steer a terminal
 * nor pass for a line of ours.
 */
public final class Readable {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private final int most;

    /** Texts, binaries and lists are cut after about {@code most} characters. */
    public Readable(int most) {
        this.most = most;
    }

    /** One value on one line. */
    public String value(Value value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.length() > most ? cut(out, most) + "..." : out.toString();
    }

    /** So many of something: {@code 1 byte}, {@code 2 bytes}. The word has its plural with an s. */
    public static String count(long number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    /** The kind of a value in a word, and its size where it has one. */
    public static String kind(Value value) {
        return switch (value.kind()) {
            case NIL -> "nil";
            case BOOL -> "boolean";
            case INT -> "integer";
            case FLOAT -> "float";
            case TEXT -> "text of " + count(((Value.Text) value).bytes().length(), "byte");
            case BINARY -> "binary of " + count(((Value.Binary) value).bytes().length(), "byte");
            case ARRAY -> "array of " + ((Value.Array) value).items().size();
            case MAP -> "map of " + ((Value.Map) value).size();
            case EXT -> "ext " + ((Value.Ext) value).type();
        };
    }

    private void append(StringBuilder out, Value value) {
        switch (value.kind()) {
            case NIL, BOOL, INT, FLOAT -> out.append(value);
            case TEXT -> out.append(quoted(((Value.Text) value).text()));
            case BINARY -> out.append(binary(((Value.Binary) value).bytes()));
            case ARRAY -> list(out, "[", ((Value.Array) value).items(), item -> value(item), "]");
            case MAP ->
                list(out, "{", ((Value.Map) value).entries(), e -> value(e.key()) + ": " + value(e.value()), "}");
            case EXT -> {
                Value.Ext ext = (Value.Ext) value;
                out.append("ext(").append(ext.type()).append(", ");
                out.append(binary(ext.bytes())).append(')');
            }
        }
    }

    private <T> void list(StringBuilder out, String open, List<T> items, Function<T, String> text, String close) {
        out.append(open);
        Iterator<T> item = items.iterator();
        String separator = "";
        while (item.hasNext() && out.length() <= most) {
            out.append(separator).append(text.apply(item.next()));
            separator = ", ";
        }
        out.append(close);
    }

    private String quoted(String text) {
        return '"' + line(text.length() > most ? cut(text, most) : text) + '"';
    }

    private String binary(Bytes bytes) {
        return "0x" + bytes.slice(0, Math.min(bytes.length(), most)).hex();
    }

    /** The text with everything escaped that is not to be seen on one line. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /**
     * What somebody says: as {@link #line}, but joiners stay, without which emoji and the words of some languages fall
     * apart. Not for names, keys and ids, which must not look alike when they differ.
     */
    public static String speech(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean joins) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean joiner = point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
            if (isHarmless(point) || joins && joiner) {
                out.appendCodePoint(point);
            } else {
                out.append(String.format("\\u{%x}", point));
            }
        });
        return out.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    /** Seconds as the moment that they are, where calendars go so far. */
    public static String moment(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).toString();
        } catch (DateTimeException e) {
            return "beyond every calendar";
        }
    }

    /** What a type number means. */
    public static String typeName(int type) {
        return Opcode.ofType(type).map(Readable::name).orElseGet(() -> unnamed(type));
    }

    /** What a sub-flag means. */
    public static String subFlagName(Value.Int flag) {
        if (flag.isAboveLong()) {
            return "not an opcode";
        }
        return Opcode.ofSubFlag(flag.longValue()).map(Readable::name).orElseGet(() -> unnamed(flag.longValue()));
    }

    private static String name(Opcode opcode) {
        String name = opcode.name().toLowerCase(Locale.ROOT);
        return opcode.status() == Opcode.Status.ACTIVE
                ? name
                : name + ", " + opcode.status().name().toLowerCase(Locale.ROOT);
    }

    /** OPC-2 shares the numbers out. */
    private static String unnamed(long number) {
        if (number < 0 || number > 0xff) {
            return "not an opcode";
        }
        if (number >= Opcode.FIRST_OF_APPLICATIONS) {
            return "of an application";
        }
        return number >= Opcode.FIRST_OF_EXTENSIONS ? "of an extension" : "reserved";
    }

    private static String cut(CharSequence text, int most) {
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.subSequence(0, end).toString();
    }
}
