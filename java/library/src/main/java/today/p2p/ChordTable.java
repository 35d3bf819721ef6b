package today.p2p;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.Values.Keys;
import today.p2p.chord.ChordNews;
import today.p2p.chord.ChordStats;
import today.p2p.chord.Ring;
import today.p2p.chord.Share;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.kernel.TableNews;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.runtime.Backoff;
import today.p2p.runtime.RuntimeOptions;

/**
 * A dictionary spread over the nodes that have joined: each key stands at five positions of one ring, each position
 * belongs to a node, and a read takes what three of five say.
 *
 * <pre>{@code
 * try (var table = ChordTable.builder().listen("127.0.0.1", 0).start()) {
 *     table.network().connect("127.0.0.1", 4444).join();
 *     table.join().join();
 *     table.put("greeting", "hello").join();
 *     table.get("greeting").thenAccept(System.out::println);
 * }
 * }</pre>
 *
 * <p><b>Joined or leeching.</b> A node reads and writes from the start; it holds a part of the table for all from
 * {@link #join} until {@link #leave}. A node that closes without leaving is a crash to the others, which they
 * survive: entries have copies (chapter 15.6).
 *
 * <p><b>What a call costs.</b> A read asks five nodes at once, and ends as soon as three say the same, a key that is
 * absent included. A write is five messages without an answer: its future says that they are on their way. {@link
 * #confirming} reads what was written before it completes. What is promised, and what not, is chapter 15.7 of the
 * specification: there is no order between two writers, and a deletion may come back.
 *
 * <p><b>Failures.</b> Futures fail with {@link ChordException}, which has a {@link ChordException#reason}. What may
 * pass, such as no majority while nodes come and go, is tried again, three times, within ten seconds; {@link #within}
 * and {@link #retrying} give a view with other terms. Cancelling a future ends its call; what was sent stays sent.
 *
 * <p><b>Keys and values.</b> As in a {@link SyncTable}: text, or any bytes with {@link Builder#startBinary}; values
 * as {@link Values} has them. A key has at most 4096 bytes, a value at most a mebibyte. Null deletes.
 *
 * <p>Safe for use by several threads. Futures are completed and listeners called on the callback executor.
 */
public final class ChordTable<K> extends ChordCalls<K> implements AutoCloseable {
    private final Share share;
    private final MeshNetwork network;
    private final Feed<Event<K>> feed;

    private ChordTable(Share share, Keys<K> keys, MeshNetwork network, Feed<Event<K>> feed, Tries tries) {
        super(keys, tries);
        this.share = share;
        this.network = network;
        this.feed = feed;
    }

    /** A table with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The node that holds a part of the table: its id, its address, its peers, messages beside the table. */
    public MeshNetwork network() {
        return network;
    }

    /**
     * The keys that nodes have announced, as far as they have come here. <b>Hearsay:</b> one of them may have no
     * value, a key that has a value may be missing, everybody can announce anything, and the list is bounded
     * (CRD-12). Only a read tells. Weakly consistent, in the order of the bytes.
     */
    public Stream<K> keys() {
        return share.keys().stream().flatMap(bytes -> keyKind().key(bytes).stream());
    }

    /** Whether this node holds a part of the table. */
    public boolean isJoined() {
        return share.isJoined();
    }

    /** The ring as this node sees it: who has joined, which arcs they own, what is held here. */
    public Ring ring() {
        return share.ring();
    }

    /** Figures of this moment. */
    public ChordStats stats() {
        return share.stats();
    }

    /**
     * The same table, whose calls have this time, all of their tries together; in getAll and putAll it is the time of
     * each key. Default: {@code read-deadline}, 10 seconds. Closing either closes both.
     */
    public ChordTable<K> within(Duration time) {
        NetworkBuilder.Checks.duration("the time for a call", time);
        Tries.Terms terms = tries().terms();
        return with(new Tries.Terms(time, terms.retries(), terms.pause(), terms.isConfirmed()));
    }

    /**
     * The same table, whose calls are tried again so often when the failure {@link ChordException.Reason#mayPass}:
     * after {@code first}, and then twice as long each time up to {@code most}, up to half less by chance. Default:
     * 3, 100 milliseconds, 1 second.
     *
     * @param retries 0: never
     */
    public ChordTable<K> retrying(int retries, Duration first, Duration most) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries are 0 or more");
        }
        NetworkBuilder.Checks.duration("the longest wait", most);
        Tries.Terms terms = tries().terms();
        return with(new Tries.Terms(terms.within(), retries, new Backoff(first, most), terms.isConfirmed()));
    }

    /** The same table, whose puts end when a read has seen the value, and fail when it sees anything else. */
    public ChordTable<K> confirming() {
        Tries.Terms terms = tries().terms();
        return with(new Tries.Terms(terms.within(), terms.retries(), terms.pause(), true));
    }

    /** The same table for callers that wait: each call takes at most about this time. */
    public Blocking<K> blocking(Duration timeout) {
        return new Blocking<>(within(timeout), timeout);
    }

    /**
     * Calls a listener whenever a key is added to the list of {@link #keys} or taken from it, from now on, in their
     * order. One that is slower than the table loses the oldest events and gets an {@link Event.Lagged}.
     */
    public Subscription onChange(Consumer<? super Event<K>> listener) {
        return feed.listen(listener);
    }

    /** The same for subscribers that ask for as many events as they want. */
    public Flow.Publisher<Event<K>> changes() {
        return feed;
    }

    /** As {@link MeshNetwork#close}; open calls fail with CLOSED. {@link #leave} comes before it, if others shall keep all. */
    @Override
    public void close() {
        network.close();
    }

    private ChordTable<K> with(Tries.Terms terms) {
        return new ChordTable<>(share, keyKind(), network, feed, tries().with(terms));
    }

    private void tell(@Nullable ChordNews news) {
        if (news == null) {
            feed.close();
        } else if (news instanceof ChordNews.Added added) {
            keyKind().key(added.key()).ifPresent(key -> feed.publish(new Event.Added<>(key)));
        } else if (news instanceof ChordNews.Deleted deleted) {
            keyKind().key(deleted.key()).ifPresent(key -> feed.publish(new Event.Deleted<>(key)));
        }
    }

    /** What happened to the list of keys (CRD-13). It is as much hearsay as the list itself. */
    public sealed interface Event<K> {

        /** A key was announced that was not on the list. */
        record Added<K>(K key) implements Event<K> {}

        /** A key that was on the list was announced as deleted. */
        record Deleted<K>(K key) implements Event<K> {}

        /**
         * The listener is too slow: events between the one before and the next one were dropped.
         *
         * @param missed how many
         */
        record Lagged<K>(long missed) implements Event<K> {}
    }

    /** Takes what the node tells, also before there is a table to tell. */
    private static final class News<K> implements Audience.News {
        private final CompletableFuture<ChordTable<K>> table = new CompletableFuture<>();

        @Override
        public void accept(@Nullable TableNews news) {
            table.join().tell((ChordNews) news);
        }

        @Override
        public boolean isHeard(TableNews news) {
            ChordTable<K> its = table.getNow(null);
            return its != null && its.feed.isHeard();
        }
    }

    /**
     * The calls for who waits. Each throws the {@link ChordException} with which its future would fail: TIMED_OUT when
     * the time was up. When the waiting thread is interrupted, the call ends, the thread stays interrupted, and
     * {@link CancellationException} is thrown.
     */
    public static final class Blocking<K> {
        /** For the answer that tells how far the call has got. */
        private static final Duration SPARE = Duration.ofMillis(500);

        private final ChordTable<K> table;
        private final Duration timeout;

        private Blocking(ChordTable<K> table, Duration timeout) {
            this.table = table;
            this.timeout = timeout;
        }

        /** As {@link ChordTable#get}. */
        public Optional<Object> get(K key) {
            return await(table.get(key));
        }

        /** As {@link ChordTable#put}. */
        public void put(K key, @Nullable Object value) {
            await(table.put(key, value));
        }

        /** As {@link ChordTable#remove}. */
        public void remove(K key) {
            await(table.remove(key));
        }

        /** As {@link ChordTable#applyDelta}. */
        public Map<?, ?> applyDelta(K key, Map<?, ?> delta) {
            return await(table.applyDelta(key, delta));
        }

        /** As {@link ChordTable#getAll}; the time is that of all together. */
        public Map<K, Object> getAll(Collection<? extends K> wanted) {
            return await(table.getAll(wanted));
        }

        /** As {@link ChordTable#putAll}; the time is that of all together. */
        public void putAll(Map<? extends K, ?> entries) {
            await(table.putAll(entries));
        }

        /** As {@link ChordTable#ownersOf}. */
        public List<NodeId> ownersOf(K key) {
            return await(table.ownersOf(key));
        }

        /** As {@link ChordTable#join}. */
        public void join() {
            await(table.join());
        }

        /** As {@link ChordTable#leave}; it goes on when the time is up before. */
        public int leave() {
            return await(table.leave());
        }

        private <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
            try {
                return answer.get(timeout.plus(SPARE).toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof PeerException refusal) {
                    throw refusal;
                }
                throw new CompletionException(failed.getCause());
            } catch (TimeoutException late) {
                answer.cancel(false);
                throw ChordException.late("no end within " + timeout);
            } catch (InterruptedException interrupted) {
                answer.cancel(false);
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
    }

    /** Options of a {@link ChordTable}. Not thread-safe; may start several tables. */
    public static final class Builder extends NetworkBuilder<Builder> {
        private String name = "chord";

        private Builder() {}

        /** The name of the network: nodes with another one refuse each other. Default {@code chord}, as in py2p and js2p. */
        public Builder subnet(String value) {
            name = Objects.requireNonNull(value, "subnet");
            return this;
        }

        /**
         * Starts a table whose keys are text. Keys that are not are not shown by {@link ChordTable#keys}. Blocks until
         * the node listens, when it is to.
         *
         * @throws java.io.UncheckedIOException when the address to listen on cannot be had
         */
        public ChordTable<String> start() {
            return start(Keys.TEXT);
        }

        /** As {@link #start}; keys are any bytes. A text and its UTF-8 are one key. */
        public ChordTable<Bytes> startBinary() {
            return start(Keys.BYTES);
        }

        @Override
        Builder itself() {
            return this;
        }

        private <K> ChordTable<K> start(Keys<K> keys) {
            RuntimeOptions options = options(name);
            AtomicReference<@Nullable Share> made = new AtomicReference<>();
            News<K> news = new News<>();
            MeshNetwork network = new MeshNetwork(
                    options,
                    listeners(),
                    self -> {
                        Share share = new Share(self, options.limits(), options.random());
                        made.set(share);
                        return share;
                    },
                    news);
            Feed<Event<K>> feed = new Feed<>(
                    options.limits().of(Limit.MAX_CHANGES), Event.Lagged::new, network.runtime()::newCallbacks);
            Duration ownDeadline = Duration.ofNanos(options.limits().nanos(Timer.READ_DEADLINE));
            Tries tries =
                    new Tries(call -> network.runtime().call(call), ownDeadline, Tries.Terms.standard(ownDeadline));
            ChordTable<K> table = new ChordTable<>(Objects.requireNonNull(made.get()), keys, network, feed, tries);
            news.table.complete(table);
            return table;
        }
    }
}
