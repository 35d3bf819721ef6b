package today.p2p.kernel;

import java.util.Locale;

/**
 * How long a node waits: one constant for each row of {@code protocol-spec/registry/timers.csv} that
 * chapters 12 to 15 explain. All in seconds of monotonic time.
 */
public enum Timer {
    /** From a link to its accepted handshake (LNK-8). */
    HANDSHAKE_DEADLINE(10),
    /** From the first byte of a frame to the last, beside what its length allows (LNK-22). */
    FRAME_DEADLINE(10),
    /** Silence after which a ping is sent (LNK-20). */
    PING_AFTER(20),
    /** Between two pongs (LNK-20). */
    PONG_EVERY(1),
    /** Silence after which a link is dead (LNK-21). */
    DEAD_AFTER(60),
    /** Between two answers to resend (LNK-18). */
    RESEND_EVERY(1),
    /** Age up to which a second link is taken for a simultaneous dial (MSH-2). */
    DUPLICATE_WITHIN(10),
    /** Between two lists of peers that are asked for (MSH-8). */
    PEERS_EVERY(1),
    /** In which max-dials-per-source counts (MSH-7). */
    DIAL_WINDOW(60),
    /** Between two dials of one address from peers (MSH-7). */
    DIAL_AGAIN(600),
    /** Between two dials of one address at which the named node was found; doubles with each in vain (MSH-29). */
    FOUND_AGAIN(10),
    /** From the end of a second link to the handshake that reminds of the first (MSH-24). */
    GREET_AGAIN(1),
    /** For which an address is busy after the last moment at which much of it waited (MSH-33). */
    BUSY_FOR(10),
    /** In which one fault of an address is forgotten (MSH-26). */
    FORGET_FAULT(30),
    /** For which a broadcast is remembered (MSH-11). */
    REMEMBER_BROADCAST(120),
    /** From a request of our own to its answer (MSH-18). */
    REQUEST_DEADLINE(30),
    /** For which a deletion is remembered (SYN-14). */
    REMEMBER_DELETION(86_400),
    /** Silence after which the entries of a peer are taken to be through (SYN-17). */
    JOIN_QUIET(5),
    /** Between two rounds of questions for peers, a fifth more or less (CRD-19). */
    UPKEEP_EVERY(5),
    /** From the loss of a link to an early round, at least since the one before (CRD-19). */
    UPKEEP_AGAIN(1),
    /** From a question for an entry to its answer (CRD-18). */
    QUESTION_DEADLINE(3),
    /** From a read of one's own to its end (CRD-23). */
    READ_DEADLINE(10),
    /** From the wish to leave to its end (CRD-29). */
    LEAVE_DEADLINE(10),
    /** For which a copy stays that is no longer this node's to keep (CRD-28). */
    FORGET_AFTER(15),
    /** Between two rounds of upkeep while nothing changes, a fifth more or less (CRD-39). */
    UPKEEP_CALM(15),
    /** From the last change of the peers to that (CRD-39). */
    CALM_AFTER(60),
    /** For which a py2p is waited for that has not said that it has read its join stores (SYN-24). */
    FOREIGN_ANSWER(3);

    private final long standardSeconds;

    Timer(long standardSeconds) {
        this.standardSeconds = standardSeconds;
    }

    /** The registry's value, in seconds. */
    public long standardSeconds() {
        return standardSeconds;
    }

    /** The registry's name. */
    public String registryName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
