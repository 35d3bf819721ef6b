package today.p2p.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The name of one link inside one node, given by whoever runs the machines, never given twice.
 *
 * @param value any number; ids are ordered by it
 */
public record LinkId(long value) implements Comparable<LinkId> {
    @Override
    public int compareTo(LinkId other) {
        return Long.compare(value, other.value);
    }

    // By hand: tables ask for these with each message, and those of a record are called by reflection.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkId that && value == that.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return "link " + value;
    }
}
