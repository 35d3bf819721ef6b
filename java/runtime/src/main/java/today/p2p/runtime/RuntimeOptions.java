package today.p2p.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.serializer.Codec;

/**
 * What a node runs with. Immutable.
 *
 * @param protocol the network's id, of which {@code encryption} is a part
 * @param encryption of its links
 * @param dialect how ids are sent
 * @param codecs that are read and written, in the order of preference
 * @param limits all limits and timers of the protocol
 * @param listen where to listen; empty: nowhere
 * @param advertised under which address others are told to reach the node; empty: where it listens
 * @param keep addresses that are dialled at the start, and again whenever the link is lost
 * @param backoff the waits between dials of {@code keep}
 * @param connectWithin how long a dial may take
 * @param drainWithin how long {@code close} waits for what was sent, and for callbacks
 * @param threads event loops for its links; one of them also runs the node
 * @param callbacks where callbacks run; empty: an executor of the runtime's own
 * @param clock of all machines; monotonic in its first part
 * @param random of all machines; used by one thread at a time
 */
public record RuntimeOptions(
        ProtocolId protocol,
        Encryption encryption,
        Dialect dialect,
        List<Codec> codecs,
        NodeLimits limits,
        Optional<Address> listen,
        Optional<Address> advertised,
        List<Address> keep,
        Backoff backoff,
        Duration connectWithin,
        Duration drainWithin,
        int threads,
        Optional<Executor> callbacks,
        Supplier<Time> clock,
        RandomGenerator random) {
    public RuntimeOptions {
        codecs = List.copyOf(codecs);
        keep = List.copyOf(keep);
    }
}
