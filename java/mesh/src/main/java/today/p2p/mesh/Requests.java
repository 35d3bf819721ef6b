package today.p2p.mesh;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import today.p2p.ids.Base58;
import today.p2p.kernel.Call;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/** The whispers that wait until the node that they are for is found (MSH-18 to MSH-20). */
final class Requests {
    private static final int SALT = 16;

    private final NodeLimits limits;
    private final RandomGenerator random;
    // All have the same term, so the order in which they came is that of their deadlines.
    private final Map<Bytes, Pending> pending = new LinkedHashMap<>();

    Requests(NodeLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    boolean isFull() {
        return pending.size() >= limits.of(Limit.MAX_REQUESTS);
    }

    /** Notes a whisper; the request id under which to ask. */
    Bytes add(Call.Whisper whisper, Time now) {
        Bytes id = requestId(whisper.to());
        pending.put(id, new Pending(id, whisper, now.nanos() + limits.nanos(Timer.REQUEST_DEADLINE), false));
        return id;
    }

    /** The whisper for which this request id asked, if no response to it was used before. */
    Optional<Pending> open(Bytes id) {
        return Optional.ofNullable(pending.get(id)).filter(request -> !request.isAnswered);
    }

    /** A response is used now: no further one will be. */
    void answer(Pending request) {
        pending.put(request.id, new Pending(request.id, request.whisper, request.deadline, true));
    }

    Optional<Pending> remove(Bytes id) {
        return Optional.ofNullable(pending.remove(id));
    }

    /** Takes out the whispers for a node that is a peer now. */
    List<Pending> removeFor(Bytes target) {
        return removeIf(request -> request.whisper.to().equals(target));
    }

    /** Takes out the whispers whose time has run out. */
    List<Pending> removeLate(Time now) {
        return removeIf(request -> now.isAtOrAfter(request.deadline));
    }

    /** Takes out all. */
    List<Pending> removeAll() {
        return removeIf(request -> true);
    }

    OptionalLong deadline() {
        // Asked after every event, and almost always there is none.
        if (pending.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(pending.values().iterator().next().deadline);
    }

    private List<Pending> removeIf(Predicate<Pending> wanted) {
        List<Pending> removed = new ArrayList<>();
        pending.values().removeIf(request -> wanted.test(request) && removed.add(request));
        return removed;
    }

    private Bytes requestId(Bytes target) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-384");
            digest.update(target.asByteBuffer());
            return Bytes.ofUtf8(Base58.write(new BigInteger(1, digest.digest(salt))));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has the SHA-2 family", impossible);
        }
    }

    /** One whisper that waits. */
    record Pending(Bytes id, Call.Whisper whisper, long deadline, boolean isAnswered) {}
}
