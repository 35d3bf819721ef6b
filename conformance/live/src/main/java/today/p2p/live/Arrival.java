package today.p2p.live;

/** What comes on a raw link. */
sealed interface Arrival {
    /**
     * A whole frame, header included, its body unread.
     *
     * @param pieces how many reads brought it; 1 when it came at once
     */
    record Frame(byte[] bytes, int pieces) implements Arrival {}

    /** The end of the stream, or a reset, or bytes that are no frame; once, and last. */
    record End(String how) implements Arrival {}
}
