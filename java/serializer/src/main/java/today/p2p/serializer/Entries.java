package today.p2p.serializer;

import java.util.AbstractList;
import java.util.HashSet;
import java.util.Objects;
import java.util.RandomAccess;

/** The entries of a map, made as they are looked at. */
final class Entries extends AbstractList<Value.Entry> implements RandomAccess {
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
        return one.length == other.length && new HashSet<>(new Entries(one)).equals(new HashSet<>(new Entries(other)));
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
