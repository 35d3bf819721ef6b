package today.p2p.kernel;

import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Value;

/** Writes broadcasts of this node without sending them. */
@FunctionalInterface
public interface Drafts {
    /**
     * The broadcast with this payload, dated so that no equal one is remembered; empty when that would be later
     * than max-time-raise allows (MSH-13).
     *
     * @param payload the sub-flag and what follows it
     * @throws today.p2p.msgpack.NotEncodableException when no frame can hold it
     */
    Optional<Draft> broadcast(List<Value> payload);
}
