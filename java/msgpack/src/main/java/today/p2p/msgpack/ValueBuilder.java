package today.p2p.msgpack;

import java.util.Arrays;

/**
 * Builds values from msgpack that {@link Scanner} and {@link KeyCheck} have accepted, without recursion.
 * Text, binary and ext share memory with {@code bytes}, which nobody changes any more.
 */
final class ValueBuilder {
    private static final Value.Text EMPTY_TEXT = new Value.Text(Bytes.EMPTY, "");
    private static final Value.Array EMPTY_ARRAY = new Value.Array(Items.wrap(Items.NONE));
    private static final Value.Map EMPTY_MAP = new Value.Map(Items.NONE);
    private static final int FIRST_LEVELS = 4;

    private final Token token = new Token();
    private final byte[] bytes;
    private Value[] current;
    private int index;
    private Value[][] parents = {};
    private int[] parentIndexes = {};
    private boolean[] isMap = {};
    private int depth;

    private ValueBuilder(byte[] bytes, int count) {
        this.bytes = bytes;
        current = count == 0 ? Items.NONE : new Value[count];
    }

    /** The {@code count} values that stand one behind the other from {@code at} on. */
    static Value[] build(byte[] bytes, int at, int count) {
        return new ValueBuilder(bytes, count).run(at);
    }

    /** The sender, text or binary, that {@code token} has read. */
    static Value.ByteString byteString(byte[] bytes, Token token) {
        Bytes content = Bytes.wrap(bytes, token.dataAt, token.length);
        return token.kind() == Value.Kind.BINARY ? new Value.Binary(content) : text(content);
    }

    private Value[] run(int from) {
        int at = from;
        while (true) {
            while (index == current.length) {
                if (depth == 0) {
                    return current;
                }
                close();
            }
            token.read(bytes, at);
            at = token.next;
            if (token.length > 0 && token.children() > 0) {
                open();
            } else {
                current[index++] = leaf();
            }
        }
    }

    private Value leaf() {
        return switch (token.kind()) {
            case NIL -> Value.nil();
            case BOOL -> Value.of(token.number != 0);
            case INT -> token.isAboveLong ? new Value.Int(token.number, true) : SmallInts.of(token.number);
            case FLOAT -> new Value.Float(Double.longBitsToDouble(token.number));
            case TEXT, BINARY -> byteString(bytes, token);
            case ARRAY -> EMPTY_ARRAY;
            case MAP -> EMPTY_MAP;
            case EXT -> new Value.Ext((int) token.number, Bytes.wrap(bytes, token.dataAt, token.length));
        };
    }

    private static Value.Text text(Bytes content) {
        return content.isEmpty() ? EMPTY_TEXT : new Value.Text(content, null);
    }

    private void open() {
        if (depth == parents.length) {
            int levels = Math.max(FIRST_LEVELS, 2 * depth);
            parents = Arrays.copyOf(parents, levels);
            parentIndexes = Arrays.copyOf(parentIndexes, levels);
            isMap = Arrays.copyOf(isMap, levels);
        }
        parents[depth] = current;
        parentIndexes[depth] = index;
        isMap[depth++] = token.kind() == Value.Kind.MAP;
        current = new Value[token.children()];
        index = 0;
    }

    private void close() {
        depth--;
        Value whole = isMap[depth] ? new Value.Map(current) : new Value.Array(Items.wrap(current));
        current = parents[depth];
        index = parentIndexes[depth];
        current[index++] = whole;
    }
}
