package today.p2p.network.tables;

import java.util.Locale;

/** What is done with a table while it is measured. All nodes are in one process, linked over loopback. */
public enum TableWork {
    /**
     * Five nodes that hold all. Figures: {@code rate}, writes a second until all nodes hold them; {@code p50} and
     * {@code p99}, microseconds from a write, of which there are 200 a second, until the last node has it.
     */
    COPIES,
    /** The same nodes. Figure: {@code heap}, bytes for each entry at each node. */
    COPIES_HEAP,
    /**
     * Eight nodes of which five hold each key, but one alone with JGroups. Figures: {@code puts} and {@code gets} a second, 64 of them under
     * way, 8 with py2p; {@code p50}, microseconds of a read with no other under way. Of ours also {@code confirmed}, writes a
     * second that have been read back; of ours and py2p {@code seen}, writes a second that another node has read.
     */
    SHARES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
