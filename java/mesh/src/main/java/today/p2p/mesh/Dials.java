package today.p2p.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Effect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;

/** The dials under way, until a handshake is accepted or they fail, and what each is for. */
public final class Dials {
    private final TreeMap<Long, Open> open = new TreeMap<>();
    private final DialPolicy policy;
    private long next = 1;

    /** None yet. */
    public Dials(NodeLimits limits) {
        policy = new DialPolicy(limits);
    }

    /** What a dial is for. */
    public sealed interface Purpose {
        /** The application's {@code connect}. */
        record ForCall(long call) implements Purpose {}

        /** A list of peers named the address. */
        record ForMesh() implements Purpose {}

        /** A response named the address. */
        record ForRequest(Bytes request) implements Purpose {}
    }

    /** Begins a dial for the application. */
    public Effect.Dial begin(Address address, Purpose.ForCall purpose) {
        return begin(new Open(address, null, purpose));
    }

    /** Begins a dial of a node that a peer has named, if that may be dialled on its word (MSH-7). */
    Optional<Effect.Dial> begin(PeerInfo named, Address source, Purpose purpose, Time now) {
        return policy.allows(named.address(), source, now)
                ? Optional.of(begin(new Open(named.address(), named.id(), purpose)))
                : Optional.empty();
    }

    private Effect.Dial begin(Open dial) {
        open.put(next, dial);
        return new Effect.Dial(next++, dial.address);
    }

    /** A dial has come to nothing; what it was for. */
    public Optional<Purpose> end(OptionalLong dial) {
        return remove(dial).map(Open::purpose);
    }

    /** A dial has led to a node; what it was for. */
    public Optional<Purpose> end(OptionalLong dial, NodeId reached, Time now) {
        Optional<Open> ended = remove(dial);
        ended.filter(one -> one.named == null || one.named.equals(reached))
                .ifPresent(one -> policy.found(one.address, now));
        return ended.map(Open::purpose);
    }

    private Optional<Open> remove(OptionalLong dial) {
        return dial.isPresent() ? Optional.ofNullable(open.remove(dial.getAsLong())) : Optional.empty();
    }

    /** Ends all dials; what they were for. */
    public List<Purpose> endAll() {
        List<Purpose> all = new ArrayList<>();
        open.values().forEach(dial -> all.add(dial.purpose));
        open.clear();
        return all;
    }

    int size() {
        return open.size();
    }

    /**
     * A dial under way.
     *
     * @param named the node that is said to be there; null when the application has said no more than the address
     */
    private record Open(Address address, @Nullable NodeId named, Purpose purpose) {}
}
