package today.p2p.transport.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection.Direction;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.TransportStats.Limit;

/**
 * Who may come in: counts connections in all, by address and in preparation, under one lock, so that no race
 * lets one too many in.
 */
final class Admission {
    private static final int IPV6_PREFIX_BYTES = 8;

    private final TransportConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final int[] count = new int[Direction.values().length];
    private final int[] pending = new int[Direction.values().length];
    private final List<Map<InetAddress, Seat>> perAddress = List.of(new HashMap<>(), new HashMap<>());

    /** What the connections of one address and direction share. */
    private static final class Seat {
        private final InetAddress group;
        private int taken;

        Seat(InetAddress group) {
            this.group = group;
        }
    }

    /** The place of one connection, from its first moment to its last. */
    final class Place {
        private final Direction direction;
        private @Nullable Seat seat;
        private boolean isPending = true;
        private boolean isFree;

        private Place(Direction direction) {
            this.direction = direction;
        }

        /** Counts it for an address, instead of the one before; empty when it may. */
        Optional<Limit> sit(InetAddress address) {
            return locked(() -> {
                leaveSeat();
                InetAddress group = group(address);
                Map<InetAddress, Seat> seats = perAddress.get(direction.ordinal());
                Seat wanted = seats.getOrDefault(group, new Seat(group));
                if (wanted.taken >= config.maxPerAddress()) {
                    return Optional.of(Limit.PER_ADDRESS);
                }
                wanted.taken++;
                seats.put(wanted.group, wanted);
                seat = wanted;
                return Optional.empty();
            });
        }

        /** It is no longer in preparation. */
        void ready() {
            locked(() -> {
                if (isPending) {
                    isPending = false;
                    pending[direction.ordinal()]--;
                }
                return true;
            });
        }

        /** Gives the place back; a second call does nothing. */
        void free() {
            locked(() -> {
                if (!isFree) {
                    isFree = true;
                    ready();
                    leaveSeat();
                    count[direction.ordinal()]--;
                }
                return true;
            });
        }

        private void leaveSeat() {
            Seat left = seat;
            if (left != null) {
                left.taken--;
                if (left.taken == 0) {
                    perAddress.get(direction.ordinal()).remove(left.group);
                }
                seat = null;
            }
        }
    }

    /** What {@link #enter} says. */
    record Entry(@Nullable Place place, @Nullable Limit refusedBy) {}

    Admission(TransportConfig config) {
        this.config = config;
    }

    /** A place in preparation, or the limit that stands against it. */
    Entry enter(Direction direction) {
        return locked(() -> {
            int all = count[0] + count[1];
            boolean isFull = all >= config.maxConnections()
                    || direction == Direction.INCOMING && count[direction.ordinal()] >= config.maxIncoming();
            if (isFull) {
                return new Entry(null, Limit.TOTAL);
            }
            if (pending[direction.ordinal()] >= config.maxPending()) {
                return new Entry(null, Limit.PENDING);
            }
            count[direction.ordinal()]++;
            pending[direction.ordinal()]++;
            return new Entry(new Place(direction), null);
        });
    }

    int pending() {
        return locked(() -> pending[0] + pending[1]);
    }

    // One host has a whole /64 of IPv6; an IPv4 address in IPv6 clothes is an Inet4Address in Java already.
    private static InetAddress group(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, IPV6_PREFIX_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T locked(java.util.function.Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }
}
