package today.p2p.serializer;

/** Writes values with all that they hold, without recursion. Reusable, not thread-safe. */
final class ValueWriter {
    private final Value[][] rows = new Value[Limits.MAX_DEPTH][];
    private final int[] nexts = new int[Limits.MAX_DEPTH];
    private int depth;

    void write(Value value, MessageWriter to) {
        depth = 0;
        begin(value, to);
        while (depth > 0) {
            Value[] row = rows[depth - 1];
            int next = nexts[depth - 1]++;
            if (next == row.length) {
                rows[--depth] = Items.NONE;
            } else {
                begin(row[next], to);
            }
        }
    }

    private void begin(Value value, MessageWriter to) {
        switch (value.kind()) {
            case NIL -> to.writeNil();
            case BOOL -> to.writeBoolean(((Value.Bool) value).value());
            case INT -> writeInt((Value.Int) value, to);
            case FLOAT -> to.writeDouble(((Value.Float) value).value());
            case TEXT, BINARY -> to.writeByteString((Value.ByteString) value);
            case ARRAY -> {
                Value[] items = ((Value.Array) value).row();
                to.beginArray(items.length);
                push(items);
            }
            case MAP -> {
                Value[] alternating = ((Value.Map) value).alternating();
                to.beginMap(alternating.length / 2);
                push(alternating);
            }
            case EXT -> {
                Value.Ext ext = (Value.Ext) value;
                to.writeExt(ext.type(), ext.bytes());
            }
        }
    }

    private static void writeInt(Value.Int value, MessageWriter to) {
        if (value.isAboveLong()) {
            to.writeUnsignedLong(value.bits());
        } else {
            to.writeLong(value.bits());
        }
    }

    /** The writer has refused what is deeper than max-depth, and the message array takes one level. */
    private void push(Value[] row) {
        rows[depth] = row;
        nexts[depth++] = 0;
    }
}
