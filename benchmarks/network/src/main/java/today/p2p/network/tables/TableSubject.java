package today.p2p.network.tables;

import java.util.Locale;

/** Whose table it is. */
public enum TableSubject {
    /** A Sync Table or a Chord Table. */
    OURS,
    /** Of JGroups. */
    JGROUPS,
    /** Of Hazelcast. */
    HAZELCAST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
