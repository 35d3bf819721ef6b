package today.p2p;

import java.util.Optional;

/** What happened to a {@link SyncTable}, by this node or another (SYN-18). */
public sealed interface SyncEvent<K> {

    /**
     * A key was written.
     *
     * @param before the value that was there; empty when the key was absent
     */
    record Updated<K>(SyncEntry<K> entry, Optional<Object> before) implements SyncEvent<K> {}

    /**
     * A key was deleted.
     *
     * @param before the value that was there
     */
    record Deleted<K>(K key, Object before) implements SyncEvent<K> {}

    /**
     * The listener is too slow: events between the one before and the next one were dropped. What the table
     * holds now is in the table.
     *
     * @param missed how many
     */
    record Lagged<K>(long missed) implements SyncEvent<K> {}
}
