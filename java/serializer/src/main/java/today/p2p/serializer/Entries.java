package today.p2p.serializer;

import java.util.AbstractList;
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
}
