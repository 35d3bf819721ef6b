package today.p2p;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import today.p2p.Values.Keys;
import today.p2p.msgpack.Bytes;
import today.p2p.sync.Replica;
import today.p2p.sync.TableEntry;

/**
 * The reading half of a {@link SyncTable}: all from the replica of this node, at once. A single lookup is atomic;
 * whatever walks over several keys sees each as it is when it gets there.
 */
abstract class SyncReads<K> extends AbstractMap<K, Object> {
    private final Replica replica;
    private final Keys<K> keys;

    SyncReads(Replica replica, Keys<K> keys) {
        this.replica = replica;
        this.keys = keys;
    }

    /** How many keys there are. Counts them one by one when keys are text, since others are not shown. */
    @Override
    public int size() {
        return keys.hasAll() ? replica.size() : (int) Math.min(Integer.MAX_VALUE, countKeys());
    }

    @Override
    public boolean isEmpty() {
        return replica.size() == 0 || !entrySet().iterator().hasNext();
    }

    /** The value of a key; null when it is absent, or no key of this table can be such an object. */
    @Override
    public @Nullable Object get(Object key) {
        TableEntry entry = entryOf(key);
        return entry == null ? null : SyncEntry.valueOf(entry);
    }

    @Override
    public Object getOrDefault(Object key, Object other) {
        Object value = get(key);
        return value == null ? other : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return entryOf(key) != null;
    }

    /** Whether some key has a value that is the same in msgpack. Looks at all. */
    @Override
    public boolean containsValue(Object value) {
        return entrySet().stream().anyMatch(entry -> isSame(entry.getValue(), value));
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super Object> action) {
        Objects.requireNonNull(action, "action");
        entrySet().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    /**
     * The entries, live, in the order of their keys' bytes: weakly consistent, removal by iterator writes the
     * table, {@code setValue} of an entry too; nothing can be added.
     */
    @Override
    public Set<Map.Entry<K, Object>> entrySet() {
        return new Entries();
    }

    /** What the table holds for a key, with its owner, its time and the end of its lease. */
    public Optional<SyncEntry<K>> entry(K key) {
        return Optional.ofNullable(entryOf(key)).flatMap(this::shown);
    }

    Replica replica() {
        return replica;
    }

    /** The bytes of a key that is to be written. */
    Bytes bytesOf(K key) {
        Bytes bytes = keys.bytes(Objects.requireNonNull(key, "key"));
        if (bytes == null) {
            throw new ClassCastException(key.getClass() + " is no key of this table");
        }
        return bytes;
    }

    /** An entry as it is shown; empty when its key has no form here. */
    Optional<SyncEntry<K>> shown(TableEntry entry) {
        return keys.key(entry.key())
                .map(key -> new SyncEntry<>(
                        key,
                        SyncEntry.valueOf(entry),
                        entry.owner().bytes().utf8(),
                        SyncEntry.instant(entry.time()),
                        SyncEntry.instant(replica.freeFrom(entry))));
    }

    Optional<K> keyOf(TableEntry entry) {
        return keys.key(entry.key());
    }

    abstract @Nullable Object write(K key, @Nullable Object value);

    @Nullable
    TableEntry entryOf(Object key) {
        Bytes bytes = keys.bytes(Objects.requireNonNull(key, "key"));
        return bytes == null ? null : replica.entry(bytes).orElse(null);
    }

    /** Whether two objects are one value of msgpack: 1 is 1L, and an array of bytes is what it holds. */
    static boolean isSame(@Nullable Object one, @Nullable Object other) {
        try {
            return Values.of(one).equals(Values.of(other));
        } catch (IllegalArgumentException noValue) {
            return false;
        }
    }

    private long countKeys() {
        return replica.entries().keySet().stream()
                .filter(key -> keys.key(key).isPresent())
                .count();
    }

    private final class Entries extends AbstractSet<Map.Entry<K, Object>> {
        @Override
        public int size() {
            return SyncReads.this.size();
        }

        @Override
        public boolean contains(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && isSame(get(entry.getKey()), entry.getValue())
                    && containsKey(entry.getKey());
        }

        @Override
        public Iterator<Map.Entry<K, Object>> iterator() {
            return new Walk();
        }
    }

    private final class Walk implements Iterator<Map.Entry<K, Object>> {
        private final Iterator<TableEntry> all = replica.entries().values().iterator();
        private Map.@Nullable Entry<K, Object> ahead;
        private @Nullable K last;

        @Override
        public boolean hasNext() {
            while (ahead == null && all.hasNext()) {
                TableEntry entry = all.next();
                keyOf(entry).ifPresent(key -> ahead = new Written(key, SyncEntry.valueOf(entry)));
            }
            return ahead != null;
        }

        @Override
        public Map.Entry<K, Object> next() {
            if (!hasNext() || ahead == null) {
                throw new NoSuchElementException();
            }
            Map.Entry<K, Object> entry = ahead;
            last = entry.getKey();
            ahead = null;
            return entry;
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("next() comes first");
            }
            write(last, null);
            last = null;
        }
    }

    /** An entry whose value, once set, is written to the table. */
    private final class Written extends SimpleEntry<K, Object> {
        private static final long serialVersionUID = 1L;

        Written(K key, Object value) {
            super(key, value);
        }

        @Override
        public Object setValue(Object value) {
            write(getKey(), Objects.requireNonNull(value, "value"));
            return super.setValue(value);
        }
    }
}
