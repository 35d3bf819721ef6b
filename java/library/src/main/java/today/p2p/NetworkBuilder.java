package today.p2p;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.runtime.Backoff;
import today.p2p.runtime.RuntimeOptions;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;

/**
 * The options that all kinds of networks have. Each method checks what it is given, and throws {@link
 * IllegalArgumentException} that says what would be accepted. Not thread-safe.
 */
public abstract sealed class NetworkBuilder<B extends NetworkBuilder<B>>
        permits MeshNetwork.Builder, SyncTable.Builder, ChordTable.Builder {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Audience.Listeners listeners = new Audience.Listeners();
    private final List<Address> keep = new ArrayList<>();
    private Encryption encryption = Encryption.PLAINTEXT;
    private Dialect dialect = Dialect.UNIVERSAL;
    private @Nullable List<Codec> codecs;
    private NodeLimits limits = NodeLimits.DEFAULT;
    private @Nullable Address listen;
    private @Nullable Address advertised;
    private Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private Duration connectWithin = Duration.ofSeconds(10);
    private Duration drainWithin = Duration.ofSeconds(5);
    private int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private @Nullable Executor callbacks;
    private Supplier<Time> clock = () -> new Time(System.nanoTime(), System.currentTimeMillis() / 1000);
    private @Nullable RandomGenerator random;

    NetworkBuilder() {}

    /** This builder as what it is. */
    abstract B itself();

    /**
     * Where to listen. Default: nowhere; the node dials, and nobody can dial it.
     *
     * @param host an own address, or a name of one; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 lets the system choose one, which {@link MeshNetwork#address} then tells
     */
    public B listen(String host, int port) {
        listen = new Address(host, port);
        return itself();
    }

    /**
     * Under which address others are told to reach this node. Default: where it listens; when that is all own
     * addresses, one that other machines see. Needed behind a translation of addresses.
     *
     * @param port 0 stands for the one that it listens on
     */
    public B advertise(String host, int port) {
        advertised = new Address(host, port);
        return itself();
    }

    /**
     * How links are encrypted; it is a part of the network's id, so all nodes have the same. {@code SSL} is TLS
     * with certificates that nobody checks: it keeps listeners out, and whoever sits between two nodes in.
     * Default: {@code PLAINTEXT}.
     */
    public B encryption(Encryption value) {
        encryption = Objects.requireNonNull(value, "encryption");
        return itself();
    }

    /**
     * Whether ids are sent as text or binary (DIA-1). Default: {@link Dialect#UNIVERSAL}, which all living
     * implementations accept.
     */
    public B dialect(Dialect value) {
        dialect = Objects.requireNonNull(value, "dialect");
        return itself();
    }

    /**
     * The codecs that this node reads and writes, in its order of preference; none: everything goes raw.
     * Default: all that are on the class path.
     */
    public B codecs(List<Codec> value) {
        long numbers = value.stream().map(Codec::code).distinct().count();
        Checks.that(numbers == value.size() && numbers <= Limit.MAX_CODECS.standard(), "each codec once, at most 64");
        codecs = List.copyOf(value);
        return itself();
    }

    /** One limit of the registry, such as {@link Limit#MAX_LINKS}. Default: the registry's value. */
    public B limit(Limit limit, long value) {
        limits = limits.with(limit, value);
        return itself();
    }

    /** One timer of the registry, such as {@link Timer#PING_AFTER}. Default: the registry's value. */
    public B timer(Timer timer, Duration value) {
        Checks.duration(timer.registryName(), value);
        limits = limits.with(timer, value.toNanos());
        return itself();
    }

    /** The limits of frames. Default: the registry's values. */
    public B frameLimits(Limits value) {
        limits = limits.with(Objects.requireNonNull(value, "frameLimits"));
        return itself();
    }

    /**
     * How many links this node dials on the word of peers (MSH-5); 0: none. What it dials is bounded by the rules
     * of MSH-7 besides: no names, and no address of a private network on the word of a stranger. Default: 4.
     */
    public B maxOutgoing(int links) {
        return limit(Limit.MAX_OUTGOING, links);
    }

    /**
     * An address to stay linked to: dialled at the start, and again whenever it cannot be reached or its link is
     * lost, after pauses of {@link #reconnect}. May be called several times. The start does not wait for it, nor fail:
     * {@link #onConnect} tells when there is a link.
     */
    public B stayConnectedTo(String host, int port) {
        Checks.that(port != 0, "a port to dial is 1..65535");
        keep.add(new Address(host, port));
        return itself();
    }

    /**
     * How long to wait before an address of {@link #stayConnectedTo} is dialled again: twice as long each time,
     * between {@code first} and {@code most}, and up to half less by chance. Default: 1 second and 1 minute.
     */
    public B reconnect(Duration first, Duration most) {
        Checks.duration("the longest wait", most);
        backoff = new Backoff(first, most);
        return itself();
    }

    /** How long the transport may take to connect, the resolving of a name included. Default: 10 seconds. */
    public B connectWithin(Duration value) {
        Checks.duration("connectWithin", value);
        connectWithin = value;
        return itself();
    }

    /** How long each step of closing may take: what was sent to leave, callbacks to end. Default: 5 seconds. */
    public B drainWithin(Duration value) {
        Checks.duration("drainWithin", value);
        drainWithin = value;
        return itself();
    }

    /**
     * How many threads read and write the links of this node, 1 to 64; one of them also runs the node. Fewer hand
     * less over to each other, and so answer sooner, where several nodes share a machine or links say little; more
     * verify more at the same time. Default: as many as processors, at most 4.
     */
    public B linkThreads(int value) {
        Checks.that(value >= 1 && value <= 64, "linkThreads is 1 to 64");
        threads = value;
        return itself();
    }

    /**
     * Where callbacks run and futures are completed: never the calling thread, which is one of the network's. It
     * is not closed with the network. With one thread alone, a callback that waits for a future of the same
     * network waits for ever. Default: a virtual thread for each,
     * where the JVM has them, and else at most 16 threads.
     */
    public B callbackExecutor(Executor value) {
        callbacks = Objects.requireNonNull(value, "callbackExecutor");
        return itself();
    }

    /**
     * The clock of all rules, for tests. Asked by several threads; its nanoseconds never go back. Default: that of
     * the system.
     */
    public B clock(Supplier<Time> value) {
        clock = Objects.requireNonNull(value, "clock");
        return itself();
    }

    /**
     * Where chance comes from, the node's id included, for tests. Used by one thread at a time, so a
     * builder with one starts one network. Default: a generator that nobody can foresee.
     */
    public B random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random");
        return itself();
    }

    /** As {@link MeshNetwork#onMessage}, from before the first message on. */
    public B onMessage(Consumer<? super Message> listener) {
        listeners.messages().add(Objects.requireNonNull(listener, "listener")::accept);
        return itself();
    }

    /** As {@link MeshNetwork#onConnect}, from before the first link on. */
    public B onConnect(Consumer<? super Peer> listener) {
        listeners.connects().add(Objects.requireNonNull(listener, "listener")::accept);
        return itself();
    }

    /** As {@link MeshNetwork#onDisconnect}, from before the first link on. */
    public B onDisconnect(BiConsumer<? super Peer, ? super CloseReason> listener) {
        listeners.disconnects().add(Objects.requireNonNull(listener, "listener")::accept);
        return itself();
    }

    Audience.Listeners listeners() {
        return listeners.copy();
    }

    RuntimeOptions options(String subnet) {
        return new RuntimeOptions(
                ProtocolId.of(subnet, encryption),
                encryption,
                dialect,
                codecs == null ? Codecs.available() : codecs,
                limits,
                Optional.ofNullable(listen),
                Optional.ofNullable(advertised),
                keep,
                backoff,
                connectWithin,
                drainWithin,
                threads,
                Optional.ofNullable(callbacks),
                clock,
                random == null ? new SecureRandom() : random);
    }

    /** What an option may be. */
    static final class Checks {
        private Checks() {}

        static void duration(String what, Duration value) {
            boolean sound = !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0;
            that(sound, what + " is above zero and at most a year");
        }

        private static void that(boolean holds, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(rule);
            }
        }
    }
}
