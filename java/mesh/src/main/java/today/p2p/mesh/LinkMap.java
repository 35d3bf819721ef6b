package today.p2p.mesh;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.LinkId;

/**
 * Something for each of many links, in their order, at twelve bytes a link beside it: two arrays that are searched by
 * halves. Links come with growing ids, so that a new one is put at the end; what is behind one that goes is moved up,
 * which for a thousand links takes as long as a few steps in a tree would. Not thread-safe.
 */
public final class LinkMap<T> {
    private static final int FIRST = 4;

    private long[] ids = {};
    private @Nullable Object[] values = {};
    private int size;

    /** Nothing is in it yet. */
    public LinkMap() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** What there is for a link; null: nothing. */
    public @Nullable T get(LinkId link) {
        int at = find(link);
        return at < 0 ? null : at(at);
    }

    /** Puts something in place of what there is for the link, if there is anything; that. */
    public @Nullable T put(LinkId link, T value) {
        int at = find(link);
        if (at >= 0) {
            T before = at(at);
            values[at] = value;
            return before;
        }
        insert(-at - 1, link, value);
        return null;
    }

    /** Takes out what there is for a link; null: nothing. */
    public @Nullable T remove(LinkId link) {
        int at = find(link);
        if (at < 0) {
            return null;
        }
        final T gone = at(at);
        size--;
        System.arraycopy(ids, at + 1, ids, at, size - at);
        System.arraycopy(values, at + 1, values, at, size - at);
        values[size] = null;
        if (size < ids.length / 4 && ids.length > FIRST) {
            resize(ids.length / 2);
        }
        return gone;
    }

    /** All, in the order of their links, as they are at any time. */
    public List<T> values() {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                if (index >= size) {
                    throw new IndexOutOfBoundsException(index);
                }
                return at(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private int find(LinkId link) {
        long id = link.value();
        // Most often it is the last that came.
        return size > 0 && ids[size - 1] < id ? -size - 1 : Arrays.binarySearch(ids, 0, size, id);
    }

    private void insert(int at, LinkId link, T value) {
        if (size == ids.length) {
            resize(Math.max(FIRST, 2 * size));
        }
        System.arraycopy(ids, at, ids, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        ids[at] = link.value();
        values[at] = value;
        size++;
    }

    private void resize(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        values = Arrays.copyOf(values, capacity);
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private T at(int index) {
        return (T) values[index];
    }
}
