package today.p2p.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** What an application asks of its replica. Ends with a {@link SyncOutcome}, or as failed with an error code. */
public sealed interface SyncCall extends Call.OnTable {
    /** The key. */
    Bytes key();

    /** The entry that has to be there, or nothing is done. */
    Expected expected();

    /** Sets a key; nil deletes it. */
    record Put(long number, Bytes key, Value value, Expected expected) implements SyncCall {}

    /** Merges a map into the value of a key. */
    record Merge(long number, Bytes key, Value.Map delta) implements SyncCall {
        @Override
        public Expected expected() {
            return Expected.ANY;
        }
    }

    /** What a key has to hold for a change to be made. */
    final class Expected {
        /** Whatever is there. */
        public static final Expected ANY = new Expected(true, null);
        /** Nothing is there. */
        public static final Expected NOTHING = new Expected(false, null);

        private final boolean any;
        private final @Nullable TableEntry entry;

        private Expected(boolean any, @Nullable TableEntry entry) {
            this.any = any;
            this.entry = entry;
        }

        /** This very entry is there: nobody has written since it was read. */
        public static Expected of(TableEntry entry) {
            return new Expected(false, Objects.requireNonNull(entry));
        }

        // By identity: an entry is made by one write and never comes again.
        @SuppressWarnings("ReferenceEquality")
        boolean matches(@Nullable TableEntry current) {
            return any || current == entry;
        }
    }
}
