package today.p2p.sync;

/** Why what a peer or a caller told of a key was not done. */
public enum Refusal {
    /** A form that is none (SYN-4), or a delta on what is no map (SYN-11). */
    SHAPE,
    /** Dated more than broadcast-window ahead (SYN-5). */
    AHEAD,
    /** An owner that cannot be, or is not the peer that whispers (SYN-6). */
    OWNER,
    /** A key or value is too long, or the table is full (SYN-9, SYN-10). */
    LIMIT,
    /** Another owner holds the key (LSE-7). */
    HELD,
    /** A join store for a key that is there (SYN-12). */
    PRESENT,
    /** A join store for a key that was deleted since (SYN-14). */
    DELETED,
    /** A deletion of a key that is absent (SYN-8). */
    ABSENT
}
