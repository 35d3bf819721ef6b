package today.p2p.kernel;

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

    @Override
    public String toString() {
        return "link " + value;
    }
}
