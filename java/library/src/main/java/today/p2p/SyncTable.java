package today.p2p;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import today.p2p.Values.Keys;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.TableNews;
import today.p2p.msgpack.Bytes;
import today.p2p.runtime.RuntimeOptions;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.SyncNews;
import today.p2p.sync.SyncStats;

/**
 * A dictionary that every node of a network holds: what one node puts, all read locally. With leases, which is the
 * default, a key that someone wrote is theirs for an hour.
 *
 * <pre>{@code
 * try (var table = SyncTable.builder().listen("127.0.0.1", 0).start()) {
 *     table.network().connect("127.0.0.1", 4444).join();
 *     table.ready().orTimeout(10, TimeUnit.SECONDS).join();
 *     table.put("greeting", "hello");
 * }
 * }</pre>
 *
 * <p><b>Keys and values.</b> Keys are text; {@link Builder#startBinary} gives a table whose keys are any bytes.
 * Values are whatever {@link Values} can write and come back as it reads them, {@code Object}s: other nodes, also
 * of other languages, write what they like, so a type for values would be a promise that nobody keeps. Null is not
 * a value: it deletes.
 *
 * <p><b>A {@link java.util.concurrent.ConcurrentMap}, on this node.</b> Reads are answered from memory. A write is
 * one atomic step on this node's replica, is sent to all, and returns when that is done and the links have room;
 * nothing waits for other nodes. Two nodes that write one key at one moment may each see their own write succeed,
 * and later another value. What the network promises, and what it does not, is chapter 14.6 of the
 * specification: a lease is advice among honest nodes, and no lock.
 *
 * <p><b>Threads.</b> Safe for use by several threads. Listeners are called on the callback executor and may write
 * the table.
 */
public final class SyncTable<K> extends SyncWrites<K> implements AutoCloseable {
    private final MeshNetwork network;
    private final Feed<Event<K>> feed;
    private final CompletableFuture<Void> ready;

    private SyncTable(Replica replica, Keys<K> keys, MeshNetwork network, News news, long maxChanges) {
        super(replica, keys);
        this.network = network;
        ready = news.ready;
        feed = new Feed<>(maxChanges, Event.Lagged::new, network.runtime()::newCallbacks);
        news.table.complete(this);
    }

    /** A table with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The node that holds the table: its id, its address, its peers, messages beside the table. */
    public MeshNetwork network() {
        return network;
    }

    /** Whether keys have leases; nodes that differ in it are in different networks. */
    public boolean isLeasing() {
        return replica().isLeasing();
    }

    /**
     * Complete when all entries of one peer have come (SYN-17). A node that nobody is linked to is not ready: wait
     * with a deadline. Interrupted transfers go on with the next link.
     */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Figures of this moment; {@code joinsReceived} shows how far the first transfer has got. */
    public SyncStats stats() {
        return replica().stats();
    }

    /**
     * Calls a listener for every update and deletion, by this node or another, from now on, in their order. One
     * that is slower than the table loses the oldest events and gets a {@link Event.Lagged}.
     */
    public Subscription onChange(Consumer<? super Event<K>> listener) {
        return feed.listen(listener);
    }

    /** The same for subscribers that ask for as many events as they want. */
    public Flow.Publisher<Event<K>> changes() {
        return feed;
    }

    /** As {@link MeshNetwork#close}. What the replica holds can still be read, and no more written. */
    @Override
    public void close() {
        network.close();
    }

    @Override
    CompletableFuture<Outcome> call(LongFunction<SyncCall> call) {
        return network.runtime().call(call::apply);
    }

    private void tell(@Nullable SyncNews news) {
        if (news == null) {
            feed.close();
        } else if (news instanceof SyncNews.Updated updated && feed.isHeard()) {
            Optional<Object> before = Optional.ofNullable(updated.before()).map(SyncEntry::valueOf);
            shown(updated.entry()).ifPresent(entry -> feed.publish(new Event.Updated<>(entry, before)));
        } else if (news instanceof SyncNews.Deleted deleted && feed.isHeard()) {
            Object before = SyncEntry.valueOf(deleted.before());
            keyOf(deleted.before()).ifPresent(key -> feed.publish(new Event.Deleted<>(key, before)));
        }
    }

    /** What happened to a table, by this node or another (SYN-18). */
    public sealed interface Event<K> {

        /**
         * A key was written.
         *
         * @param before the value that was there; empty when the key was absent
         */
        record Updated<K>(SyncEntry<K> entry, Optional<Object> before) implements Event<K> {}

        /**
         * A key was deleted.
         *
         * @param before the value that was there
         */
        record Deleted<K>(K key, Object before) implements Event<K> {}

        /**
         * The listener is too slow: events between the one before and the next one were dropped. What the table
         * holds now is in the table.
         *
         * @param missed how many
         */
        record Lagged<K>(long missed) implements Event<K> {}
    }

    /** Takes what the node tells, also before there is a table to tell. */
    private static final class News implements Audience.News {
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<SyncTable<?>> table = new CompletableFuture<>();

        @Override
        public void accept(@Nullable TableNews news) {
            if (news instanceof SyncNews.Ready) {
                ready.complete(null);
            } else {
                table.join().tell((SyncNews) news);
            }
        }

        @Override
        public boolean isHeard(TableNews news) {
            SyncTable<?> its = table.getNow(null);
            return news instanceof SyncNews.Ready || (its != null && its.feed.isHeard());
        }
    }

    /** Options of a {@link SyncTable}. Not thread-safe; may start several tables. */
    public static final class Builder extends NetworkBuilder<Builder> {
        private String name = "sync";
        private boolean leasing = true;

        private Builder() {}

        /** The name of the network: nodes with another one refuse each other. Default {@code sync}, as in py2p and js2p. */
        public Builder subnet(String value) {
            name = Objects.requireNonNull(value, "subnet");
            return this;
        }

        /**
         * Whether a key belongs to its last writer for an hour. It is a part of the network's name (SUB-3): nodes
         * with leases and nodes without never meet. Default: true.
         */
        public Builder leasing(boolean value) {
            leasing = value;
            return this;
        }

        /**
         * Starts a table whose keys are text. Keys that are not, since another node wrote bytes, are not shown.
         * Blocks until the node listens, when it is to.
         *
         * @throws java.io.UncheckedIOException when the address to listen on cannot be had
         */
        public SyncTable<String> start() {
            return start(Keys.TEXT);
        }

        /** As {@link #start}; keys are any bytes. */
        public SyncTable<Bytes> startBinary() {
            return start(Keys.BYTES);
        }

        @Override
        Builder itself() {
            return this;
        }

        private <K> SyncTable<K> start(Keys<K> keys) {
            RuntimeOptions options = options(name + (leasing ? "1" : "0"));
            boolean hasLeases = leasing;
            AtomicReference<@Nullable Replica> made = new AtomicReference<>();
            News news = new News();
            MeshNetwork network = new MeshNetwork(
                    options,
                    listeners(),
                    self -> {
                        Replica replica = new Replica(self, hasLeases, options.limits());
                        made.set(replica);
                        return replica;
                    },
                    news);
            Replica replica = Objects.requireNonNull(made.get());
            return new SyncTable<>(
                    replica, keys, network, news, options.limits().of(Limit.MAX_CHANGES));
        }
    }
}
