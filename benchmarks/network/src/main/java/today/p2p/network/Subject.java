package today.p2p.network;

import java.util.Locale;
import java.util.Optional;
import today.p2p.network.living.LivingPeer;

/** Who does the work. */
public enum Subject {
    /** Netty with a length in front of each message. */
    NETTY,
    /** The same, with a SHA-256 that is made and verified at every node. */
    NETTY_SHA,
    /** Mesh Networks that list no codec. */
    MESH,
    /** Mesh Networks with the codecs that they have by themselves. */
    MESH_CODECS,
    /** JGroups, both ends in one process: messages to its group, or to one member. */
    JGROUPS,
    /** Hazelcast, both ends in one process: a topic. */
    HAZELCAST,
    /** Pekko, both ends in one process: remoting between actors. */
    PEKKO,
    /** py2p, each node in a process. */
    PY2P,
    /** js2p, each node in a process. */
    JS2P;

    /** A library of others: one that fails, or is not there, is told of and passed over. */
    boolean isOther() {
        return compareTo(JGROUPS) >= 0;
    }

    /** The peer that runs in processes of its own. */
    Optional<LivingPeer> living() {
        return switch (this) {
            case PY2P -> Optional.of(LivingPeer.PY2P);
            case JS2P -> Optional.of(LivingPeer.JS2P);
            case NETTY, NETTY_SHA, MESH, MESH_CODECS, JGROUPS, HAZELCAST, PEKKO -> Optional.empty();
        };
    }

    boolean isMesh() {
        return this == MESH || this == MESH_CODECS;
    }

    boolean hashes() {
        return this != NETTY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
