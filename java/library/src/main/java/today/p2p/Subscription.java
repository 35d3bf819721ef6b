package today.p2p;

/** Something that was registered with a network; closing it takes it back. Idempotent, safe for several threads. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** Takes it back; a call that is under way may still end. */
    @Override
    void close();
}
