package today.p2p.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import today.p2p.kernel.Address;
import today.p2p.kernel.Effect;
import today.p2p.msgpack.Bytes;

/** The dials under way, until a handshake is accepted or they fail, and what each is for. */
public final class Dials {
    private final TreeMap<Long, Purpose> open = new TreeMap<>();
    private long next = 1;

    /** What a dial is for. */
    public sealed interface Purpose {
        /** The application's {@code connect}. */
        record ForCall(long call) implements Purpose {}

        /** A list of peers named the address. */
        record ForMesh() implements Purpose {}

        /** A response named the address. */
        record ForRequest(Bytes request) implements Purpose {}
    }

    /** Begins a dial. */
    public Effect.Dial begin(Address address, Purpose purpose) {
        open.put(next, purpose);
        return new Effect.Dial(next++, address);
    }

    /** A dial has come to its end, good or bad; what it was for. */
    public Optional<Purpose> end(OptionalLong dial) {
        return dial.isPresent() ? Optional.ofNullable(open.remove(dial.getAsLong())) : Optional.empty();
    }

    /** Ends all dials; what they were for. */
    public List<Purpose> endAll() {
        List<Purpose> all = new ArrayList<>(open.values());
        open.clear();
        return all;
    }

    int size() {
        return open.size();
    }
}
