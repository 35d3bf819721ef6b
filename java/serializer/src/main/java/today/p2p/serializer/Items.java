package today.p2p.serializer;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** An immutable list over an array that nobody changes any more. */
final class Items extends AbstractList<Value> implements RandomAccess {
    static final Value[] NONE = {};

    private final Value[] values;

    private Items(Value[] values) {
        this.values = values;
    }

    static Items wrap(Value[] values) {
        return new Items(values);
    }

    /** {@code values} itself when it is one of ours, a copy otherwise. */
    static Items of(List<? extends Value> values) {
        if (values instanceof Items items) {
            return items;
        }
        Value[] copy = values.toArray(NONE);
        for (Value value : copy) {
            Objects.requireNonNull(value);
        }
        return new Items(copy);
    }

    /** The array; nobody changes it. */
    Value[] row() {
        return values;
    }

    @Override
    public Value get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
