package today.p2p.network.tables;

import java.util.Locale;
import java.util.Optional;
import today.p2p.network.living.LivingPeer;

/** Whose table it is. */
public enum TableSubject {
    /** A Sync Table or a Chord Table. */
    OURS,
    /** Of JGroups. */
    JGROUPS,
    /** Of Hazelcast. */
    HAZELCAST,
    /** Of Pekko; there is no distributed map of its own. */
    PEKKO,
    /** Of py2p. */
    PY2P,
    /** Of js2p. */
    JS2P;

    private static final int MANY = 2000;
    private static final int FEW = 64;
    private static final int ONE_A_NODE = 8;

    /** The peer that runs in processes of its own. */
    Optional<LivingPeer> living() {
        return switch (this) {
            case PY2P -> Optional.of(LivingPeer.PY2P);
            case JS2P -> Optional.of(LivingPeer.JS2P);
            case OURS, JGROUPS, HAZELCAST, PEKKO -> Optional.empty();
        };
    }

    /** How much is asked of it at a time: what it can do well within the time that is measured. */
    Pace pace() {
        return switch (this) {
            case OURS, JGROUPS, HAZELCAST -> new Pace(5000, 200, false);
            case PEKKO -> new Pace(1000, 100, false);
            case PY2P, JS2P -> new Pace(100, 20, true);
        };
    }

    /** What is asked of it where not all nodes hold all. */
    Calls calls() {
        return living().isPresent() ? new Calls(FEW, ONE_A_NODE, true) : new Calls(MANY, FEW, false);
    }

    /**
     * @param batch writes of which all must be held by all before the next begin
     * @param perSecond writes a second where their way to the last node is timed
     * @param losesSome whether a change that it took may never come to a node
     */
    record Pace(int batch, int perSecond, boolean losesSome) {}

    /**
     * @param keys that are written and read
     * @param underWay calls at a time
     * @param losesSome whether a call may fail: those are not counted, but the time that they take is
     */
    record Calls(int keys, int underWay, boolean losesSome) {}

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
