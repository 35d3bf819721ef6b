package today.p2p.sync;

import org.jspecify.annotations.Nullable;
import today.p2p.kernel.TableNews;
import today.p2p.msgpack.Bytes;

/** What an application is told of its replica (SYN-18). */
public sealed interface SyncNews extends TableNews {

    /**
     * A key was set or merged.
     *
     * @param before the entry that was there; null when the key was absent
     */
    record Updated(TableEntry entry, @Nullable TableEntry before) implements SyncNews {
        /** The key. */
        public Bytes key() {
            return entry.key();
        }
    }

    /** A key was deleted. */
    record Deleted(TableEntry before) implements SyncNews {
        /** The key. */
        public Bytes key() {
            return before.key();
        }
    }

    /** All entries of one peer have come; told once (SYN-17). */
    record Ready() implements SyncNews {}
}
