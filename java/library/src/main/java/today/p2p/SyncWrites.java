package today.p2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import today.p2p.Values.Keys;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.SyncCall.Expected;
import today.p2p.sync.SyncOutcome;
import today.p2p.sync.TableEntry;

/**
 * The writing half of a {@link SyncTable}. Each write is one step on the thread of the node, so it is atomic on
 * this node's replica; one that depends on what is there names the entry that it has read, and begins again when
 * another one has come between.
 */
abstract class SyncWrites<K> extends SyncReads<K> implements ConcurrentMap<K, Object> {
    /** What a function answers when nothing is to be written. */
    private static final Object KEEP = new Object();

    SyncWrites(Replica replica, Keys<K> keys) {
        super(replica, keys);
    }

    /** Has the node do it. */
    abstract CompletableFuture<Outcome> call(LongFunction<SyncCall> call);

    /**
     * Sets a key, here and then everywhere. Atomic.
     *
     * @param value what {@link Values} can write; null deletes the key
     * @return the value before, null when the key was absent
     * @throws KeyHeldException when another node owns the key
     * @throws NotSentException LIMIT, when key, value or table are too large; ABSENT, when the table is closed
     */
    @Override
    public @Nullable Object put(K key, @Nullable Object value) {
        return write(key, value);
    }

    /** As {@link #put} without waiting; who writes much waits for the future, which keeps pace with the links. */
    public CompletableFuture<@Nullable Object> putAsync(K key, @Nullable Object value) {
        Bytes bytes = bytesOf(key);
        Value content = Values.of(value);
        return Answers.of(
                call(number -> new SyncCall.Put(number, bytes, content, Expected.ANY)),
                outcome -> before(written(key, outcome)));
    }

    /**
     * Puts each entry, without waiting for one before the next: each is atomic, all together are not. Goes on
     * after one that is refused.
     *
     * @throws PeerException the first refusal, when all others are done; further ones are suppressed in it
     */
    @Override
    public void putAll(Map<? extends K, ?> entries) {
        List<CompletableFuture<@Nullable Object>> puts = new ArrayList<>();
        entries.forEach((key, value) -> puts.add(putAsync(key, value)));
        waitForAll(puts);
    }

    /** Deletes a key, here and then everywhere but at js2p nodes, which cannot delete. Atomic; else as {@link #put}. */
    @Override
    @SuppressWarnings("unchecked") // what is no key of this table is absent
    public @Nullable Object remove(Object key) {
        return entryOf(key) == null ? null : write((K) key, null);
    }

    /** Deletes a key when its value is the same in msgpack. Atomic. */
    @Override
    @SuppressWarnings("unchecked")
    public boolean remove(Object key, Object value) {
        return entryOf(key) != null && replaceSame((K) key, value, null);
    }

    /** Sets a key that is absent. Atomic. Null changes nothing. */
    @Override
    public @Nullable Object putIfAbsent(K key, @Nullable Object value) {
        return step(key, current -> current == null ? value : KEEP).before;
    }

    /** Sets a key that is there. Atomic. Null deletes it. */
    @Override
    public @Nullable Object replace(K key, @Nullable Object value) {
        return step(key, current -> current == null ? KEEP : value).before;
    }

    /** Sets a key whose value is the same as {@code before} in msgpack. Atomic. Null deletes it. */
    @Override
    public boolean replace(K key, Object before, @Nullable Object after) {
        return replaceSame(key, before, after);
    }

    /** Sets every key to what the function makes of it: each atomically, all together not; null deletes. */
    @Override
    public void replaceAll(BiFunction<? super K, ? super Object, ? extends @Nullable Object> function) {
        Objects.requireNonNull(function, "function");
        keySet().forEach(key -> computeIfPresent(key, function));
    }

    /** Atomic; the function may be called several times, when others write the key meanwhile. */
    @Override
    public @Nullable Object compute(
            K key, BiFunction<? super K, ? super @Nullable Object, ? extends @Nullable Object> function) {
        return step(key, current -> function.apply(key, current)).after;
    }

    /** Atomic; the function may be called several times, when others write the key meanwhile. */
    @Override
    public @Nullable Object computeIfAbsent(K key, Function<? super K, ? extends @Nullable Object> function) {
        return step(key, current -> current == null ? function.apply(key) : KEEP).after;
    }

    /** Atomic; the function may be called several times, when others write the key meanwhile. */
    @Override
    public @Nullable Object computeIfPresent(
            K key, BiFunction<? super K, ? super Object, ? extends @Nullable Object> function) {
        return step(key, current -> current == null ? KEEP : function.apply(key, current)).after;
    }

    /** Atomic; the function may be called several times, when others write the key meanwhile. */
    @Override
    public @Nullable Object merge(
            K key, Object value, BiFunction<? super Object, ? super Object, ? extends @Nullable Object> function) {
        Objects.requireNonNull(value, "value");
        return step(key, current -> current == null ? value : function.apply(current, value)).after;
    }

    /** Deletes every key: each atomically, all together not. As {@link #putAll} for what is refused. */
    @Override
    public void clear() {
        List<CompletableFuture<@Nullable Object>> puts = new ArrayList<>();
        keySet().forEach(key -> puts.add(putAsync(key, null)));
        waitForAll(puts);
    }

    /**
     * Merges a map into the value of a key, one level deep, here and then everywhere; an absent key begins with an
     * empty map, and null is a value. Atomic. With leases the key becomes this node's, as by {@link #put}; without,
     * deltas of all nodes are taken.
     *
     * @return the value that is there then
     * @throws KeyHeldException when another node owns the key
     * @throws NotSentException SHAPE, when the value is no map; else as {@link #put}
     */
    public Object applyDelta(K key, Map<?, ?> delta) {
        Bytes bytes = bytesOf(key);
        Value.Map content = (Value.Map) Values.of(delta);
        Outcome outcome =
                call(number -> new SyncCall.Merge(number, bytes, content)).join();
        return SyncEntry.valueOf(Objects.requireNonNull(written(key, outcome).after()));
    }

    @Override
    @Nullable
    Object write(K key, @Nullable Object value) {
        return before(put(key, Values.of(value), Expected.ANY));
    }

    private boolean replaceSame(K key, @Nullable Object before, @Nullable Object after) {
        boolean[] isSame = new boolean[1];
        step(key, current -> {
            isSame[0] = current != null && isSame(current, before);
            return isSame[0] ? after : KEEP;
        });
        return isSame[0];
    }

    /** Reads, asks, and writes if nobody has written meanwhile; begins again if somebody has. */
    private Step step(K key, Function<@Nullable Object, @Nullable Object> function) {
        Objects.requireNonNull(function, "function");
        while (true) {
            TableEntry current = entryOf(key);
            Object before = current == null ? null : SyncEntry.valueOf(current);
            Object after = function.apply(before);
            boolean isNothing = after == null && before == null;
            if (after == KEEP || isNothing) {
                return new Step(before, before);
            }
            Expected expected = current == null ? Expected.NOTHING : Expected.of(current);
            SyncOutcome.@Nullable Written written = put(key, Values.of(after), expected);
            if (written != null) {
                return new Step(before, after);
            }
        }
    }

    /** What was written; null when another entry is there than the expected one. */
    private SyncOutcome.@Nullable Written put(K key, Value value, Expected expected) {
        Bytes bytes = bytesOf(key);
        Outcome outcome =
                call(number -> new SyncCall.Put(number, bytes, value, expected)).join();
        return outcome instanceof SyncOutcome.Stale ? null : written(key, outcome);
    }

    private SyncOutcome.Written written(K key, Outcome outcome) {
        if (outcome instanceof SyncOutcome.Written written) {
            return written;
        }
        if (outcome instanceof SyncOutcome.Held held) {
            String owner = held.current().owner().bytes().utf8();
            throw new KeyHeldException(String.valueOf(key), owner, SyncEntry.instant(held.freeFrom()));
        }
        throw Answers.failed(outcome);
    }

    private static @Nullable Object before(SyncOutcome.@Nullable Written written) {
        TableEntry before = written == null ? null : written.before();
        return before == null ? null : SyncEntry.valueOf(before);
    }

    private static void waitForAll(List<CompletableFuture<@Nullable Object>> puts) {
        PeerException first = null;
        for (CompletableFuture<@Nullable Object> put : puts) {
            try {
                put.join();
            } catch (CompletionException failed) {
                if (!(failed.getCause() instanceof PeerException refusal)) {
                    throw failed;
                }
                if (first == null) {
                    first = refusal;
                } else {
                    first.addSuppressed(refusal);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private record Step(@Nullable Object before, @Nullable Object after) {}
}
