package today.p2p.serializer;

/** Messages of which a further frame need not be read, by their ids. */
@FunctionalInterface
public interface KnownIds {
    /** None. */
    KnownIds NONE = (bytes, at) -> false;

    /** Whether the 32 bytes at {@code at} are the id of one. */
    boolean holds(byte[] bytes, int at);
}
