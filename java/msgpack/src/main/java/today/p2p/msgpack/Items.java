package today.p2p.msgpack;

import java.util.AbstractList;
import java.util.HashSet;
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

    /** The entries of a map, made as they are looked at. */
    static final class Entries extends AbstractList<Value.Entry> implements RandomAccess {
        private final Value[] alternating;

        Entries(Value[] alternating) {
            this.alternating = alternating;
        }

        @Override
        public Value.Entry get(int index) {
            Objects.checkIndex(index, size());
            return new Value.Entry(alternating[2 * index], alternating[2 * index + 1]);
        }

        @Override
        public int size() {
            return alternating.length / 2;
        }

        /** Whether two maps have the same entries, in any order (MPK-9). */
        static boolean areSame(Value[] one, Value[] other) {
            return one.length == other.length
                    && new HashSet<>(new Entries(one)).equals(new HashSet<>(new Entries(other)));
        }

        /** A hash that does not depend on the order. */
        static int hash(Value[] alternating) {
            int sum = 0;
            for (Value.Entry entry : new Entries(alternating)) {
                sum += entry.hashCode();
            }
            return sum;
        }
    }
}
