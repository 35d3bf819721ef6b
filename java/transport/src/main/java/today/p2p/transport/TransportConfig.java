package today.p2p.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Transport}. Immutable; made by {@link #builder}.
 *
 * @param name part of the names of its threads
 * @param io how it talks to the system
 * @param threads event loops
 * @param maxConnections connections in all, those in preparation included
 * @param maxIncoming incoming connections, those in preparation included
 * @param maxPerAddress connections with one address, each direction for itself
 * @param maxPending connections in preparation, each direction for itself
 * @param maxLinkQueuedBytes what may wait for the socket on one connection
 * @param maxQueuedBytes what may wait for the sockets on all connections
 * @param connectDeadline from a dial to the TCP connection
 * @param handshakeDeadline from the TCP connection to the end of its handshakes
 * @param writeDeadline how long a peer may take nothing of what waits for it
 * @param idleDeadline how long a peer may send nothing; zero means for ever
 * @param noDelay whether small segments are sent at once
 * @param admits asked for each incoming connection before anything else is done for it
 */
public record TransportConfig(
        String name,
        Io io,
        int threads,
        int maxConnections,
        int maxIncoming,
        int maxPerAddress,
        int maxPending,
        long maxLinkQueuedBytes,
        long maxQueuedBytes,
        Duration connectDeadline,
        Duration handshakeDeadline,
        Duration writeDeadline,
        Duration idleDeadline,
        boolean noDelay,
        Predicate<InetAddress> admits) {
    /** All options by default. */
    public static final TransportConfig DEFAULT = builder().build();

    /** How a transport talks to the system. */
    public enum Io {
        /** What every Java has. */
        NIO,
        /** Linux epoll; needs netty-transport-native-epoll. */
        EPOLL,
        /** Linux io_uring; needs netty-transport-native-io_uring and a kernel that permits it. */
        IO_URING
    }

    /** @throws IllegalArgumentException naming every option that is out of its range */
    public TransportConfig {
        List<String> bad = new ArrayList<>();
        check(bad, name.matches("[A-Za-z0-9._-]{1,32}"), "name must be 1 to 32 letters, digits, dots or dashes");
        check(bad, threads >= 1 && threads <= 1024, "threads must be 1 to 1024");
        check(bad, maxConnections >= 1, "maxConnections must be 1 or more");
        check(bad, maxIncoming >= 0 && maxIncoming <= maxConnections, "maxIncoming must be 0 to maxConnections");
        check(bad, maxPerAddress >= 1, "maxPerAddress must be 1 or more");
        check(bad, maxPending >= 1, "maxPending must be 1 or more");
        check(bad, maxLinkQueuedBytes >= 1, "maxLinkQueuedBytes must be 1 or more");
        check(bad, maxQueuedBytes >= maxLinkQueuedBytes, "maxQueuedBytes must be maxLinkQueuedBytes or more");
        check(bad, isDeadline(connectDeadline), "connectDeadline must be above zero, and at most a year");
        check(bad, isDeadline(handshakeDeadline), "handshakeDeadline must be above zero, and at most a year");
        check(bad, isDeadline(writeDeadline), "writeDeadline must be above zero, and at most a year");
        check(
                bad,
                idleDeadline.isZero() || isDeadline(idleDeadline),
                "idleDeadline must be zero or above, and at most a year");
        if (!bad.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", bad));
        }
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void check(List<String> bad, boolean isGood, String message) {
        if (!isGood) {
            bad.add(message);
        }
    }

    private static boolean isDeadline(Duration duration) {
        return !duration.isNegative() && !duration.isZero() && duration.compareTo(Duration.ofDays(366)) <= 0;
    }

    /** Collects options; {@link #build} checks them all at once. Not thread-safe. */
    public static final class Builder {
        private String name = "transport";
        private Io io = Io.NIO;
        private int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        private int maxConnections = 1024;
        private @Nullable Integer maxIncoming;
        private int maxPerAddress = 64;
        private int maxPending = 64;
        private long maxLinkQueuedBytes = 4L << 20;
        private long maxQueuedBytes = 64L << 20;
        private Duration connectDeadline = Duration.ofSeconds(10);
        private Duration handshakeDeadline = Duration.ofSeconds(10);
        private Duration writeDeadline = Duration.ofSeconds(30);
        private Duration idleDeadline = Duration.ZERO;
        private boolean noDelay = true;
        private Predicate<InetAddress> admits = address -> true;

        private Builder() {}

        /** Part of the names of all threads: {@code p2p-NAME-io-1}. Default {@code transport}. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Default {@link Io#NIO}. Opening a transport fails when the chosen one is not available. */
        public Builder io(Io value) {
            io = value;
            return this;
        }

        /** Event loops, 1 to 1024. Default: as many as processors, at most 4. */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** Connections in all, those in preparation included, 1 and more. Default 1024. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Incoming ones among them; fewer than all keeps places for dials. Default: all. */
        public Builder maxIncoming(int value) {
            maxIncoming = value;
            return this;
        }

        /**
         * Connections with one address, 1 and more, counted for each direction apart. IPv6 addresses count as
         * one when their first 64 bits are equal. Default 64.
         */
        public Builder maxPerAddress(int value) {
            maxPerAddress = value;
            return this;
        }

        /** Connections in preparation, 1 and more, for each direction apart. Default 64. */
        public Builder maxPending(int value) {
            maxPending = value;
            return this;
        }

        /** What may wait for the socket on one connection, in bytes, 1 and more. Default 4 MiB. */
        public Builder maxLinkQueuedBytes(long value) {
            maxLinkQueuedBytes = value;
            return this;
        }

        /**
         * What may wait for the sockets on all connections, in bytes, {@code maxLinkQueuedBytes} and more. Half
         * of it is shared out evenly, {@code maxQueuedBytes / 2 / maxConnections} for each, and can be used by
         * its connection alone; the other half is for whoever needs more. Default 64 MiB.
         */
        public Builder maxQueuedBytes(long value) {
            maxQueuedBytes = value;
            return this;
        }

        /** From a dial to the TCP connection, the resolving of the name included. Default 10 s. */
        public Builder connectDeadline(Duration value) {
            connectDeadline = value;
            return this;
        }

        /** From the TCP connection to the end of TLS, and of the user's handshake. Default 10 s. */
        public Builder handshakeDeadline(Duration value) {
            handshakeDeadline = value;
            return this;
        }

        /** How long a peer may take nothing of what waits for it, before it loses its connection. Default 30 s. */
        public Builder writeDeadline(Duration value) {
            writeDeadline = value;
            return this;
        }

        /** How long a peer may send nothing before it loses its connection; zero: for ever, the default. */
        public Builder idleDeadline(Duration value) {
            idleDeadline = value;
            return this;
        }

        /** Whether small segments are sent at once (TCP_NODELAY). Default true. */
        public Builder noDelay(boolean value) {
            noDelay = value;
            return this;
        }

        /**
         * Which addresses may connect: asked on an event loop, which it must not block, for each incoming connection
         * before anything else; of those that it refuses nothing is read and none is told. Default: all.
         */
        public Builder admits(Predicate<InetAddress> value) {
            admits = value;
            return this;
        }

        /** @throws IllegalArgumentException naming every option that is out of its range */
        public TransportConfig build() {
            return new TransportConfig(
                    name,
                    io,
                    threads,
                    maxConnections,
                    maxIncoming == null ? maxConnections : maxIncoming,
                    maxPerAddress,
                    maxPending,
                    maxLinkQueuedBytes,
                    maxQueuedBytes,
                    connectDeadline,
                    handshakeDeadline,
                    writeDeadline,
                    idleDeadline,
                    noDelay,
                    admits);
        }
    }
}
