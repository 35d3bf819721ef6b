package today.p2p;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import today.p2p.Values.Keys;
import today.p2p.chord.ChordCall;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The calls of a {@link ChordTable}: what takes an answer of other nodes. */
abstract class ChordCalls<K> {
    private final Keys<K> keys;
    private final Tries tries;

    ChordCalls(Keys<K> keys, Tries tries) {
        this.keys = keys;
        this.tries = tries;
    }

    /** Reads a key; empty when it is absent. That is decided by answers, as a value is, and not by waiting (CRD-23). */
    public CompletableFuture<Optional<Object>> get(K key) {
        Bytes bytes = bytesOf(key);
        return tries.ask(number -> new ChordCall.Get(number, bytes), Answers::found);
    }

    /**
     * Sets a key.
     *
     * @param value what {@link Values} can write; null deletes the key
     * @return complete when all is on its way; of a {@link #confirming} table, when three of five positions have it
     * @throws IllegalArgumentException when the value has no form in msgpack
     */
    public CompletableFuture<Void> put(K key, @Nullable Object value) {
        return put(bytesOf(key), Values.of(value));
    }

    /** Deletes a key, as {@link #put} with null. An absent one too. */
    public CompletableFuture<Void> remove(K key) {
        return put(key, null);
    }

    /**
     * Merges a map into the map of a key, one level deep; an absent key begins with an empty map, and null is a value.
     * Reads first, and then sends the change alone to whoever has said what was read.
     *
     * @return the map that is there then, if nobody else writes; it fails with SHAPE when the value is no map
     */
    public CompletableFuture<Map<?, ?>> applyDelta(K key, Map<?, ?> delta) {
        Bytes bytes = bytesOf(key);
        Value.Map content = (Value.Map) Values.of(delta);
        return tries.ask(number -> new ChordCall.Merge(number, bytes, content), outcome ->
                (Map<?, ?>) Answers.found(outcome).orElseThrow());
    }

    /**
     * Reads many keys, some at a time.
     *
     * @return those that are there, in the order in which they were asked for. When reads fail, it fails with the
     *     first failure, once all have ended
     */
    public CompletableFuture<Map<K, Object>> getAll(Collection<? extends K> wanted) {
        Map<K, Optional<Object>> read = new LinkedHashMap<>();
        for (K key : wanted) {
            bytesOf(key);
            read.put(key, Optional.empty());
        }
        return Tries.each(
                List.copyOf(read.entrySet()).iterator(),
                entry -> {
                    Bytes bytes = bytesOf(entry.getKey());
                    return tries.ask(number -> new ChordCall.Get(number, bytes), outcome -> {
                        entry.setValue(Answers.found(outcome));
                        return true;
                    });
                },
                () -> {
                    Map<K, Object> there = new LinkedHashMap<>();
                    read.forEach((key, value) -> value.ifPresent(present -> there.put(key, present)));
                    return there;
                });
    }

    /** Sets many keys, some at a time, each as {@link #put}. Goes on after a failure, and fails with the first. */
    public CompletableFuture<Void> putAll(Map<? extends K, ?> entries) {
        Map<Bytes, Value> values = new LinkedHashMap<>();
        entries.forEach((key, value) -> values.put(bytesOf(key), Values.of(value)));
        return Tries.each(values.entrySet().iterator(), entry -> put(entry.getKey(), entry.getValue()), () -> null);
    }

    /** The nodes that own the five positions of a key, as this node sees the ring; one may own several. */
    public CompletableFuture<List<NodeId>> ownersOf(K key) {
        Bytes bytes = bytesOf(key);
        return tries.ask(number -> new ChordCall.Owners(number, bytes), Answers::owners);
    }

    /** The owner of the first of the five positions, that of SHA-1. */
    public CompletableFuture<NodeId> ownerOf(K key) {
        Bytes bytes = bytesOf(key);
        return tries.ask(
                number -> new ChordCall.Owners(number, bytes),
                outcome -> Answers.owners(outcome).get(0));
    }

    /** Takes a place on the ring: from now on this node holds a part of the table. At once, also without peers. */
    public CompletableFuture<Void> join() {
        return tries.ask(ChordCall.Join::new, Answers::stored);
    }

    /**
     * Gives up the place: tells all, hands over all that it holds, confirms that others have it, and forgets it
     * (CRD-29). Takes at most {@code leave-deadline}. The node stays in the network, and reads and writes.
     *
     * @return how many positions nobody was seen to hold; they are given up
     */
    public CompletableFuture<Integer> leave() {
        return tries.ask(ChordCall.Leave::new, Answers::left);
    }

    Tries tries() {
        return tries;
    }

    Keys<K> keyKind() {
        return keys;
    }

    /** The bytes of a key. */
    private Bytes bytesOf(K key) {
        Bytes bytes = keys.bytes(Objects.requireNonNull(key, "key"));
        if (bytes == null) {
            throw new ClassCastException(key.getClass() + " is no key of this table");
        }
        return bytes;
    }

    private CompletableFuture<Void> put(Bytes key, Value value) {
        boolean isConfirmed = tries.terms().isConfirmed();
        return tries.ask(number -> new ChordCall.Put(number, key, value, isConfirmed), Answers::stored);
    }
}
