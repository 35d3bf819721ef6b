package today.p2p.sync;

import java.util.List;
import java.util.Optional;
import today.p2p.ids.Base58;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;

/**
 * What a message says of a key (SYN-2, SYN-3).
 *
 * @param value the new value, the map of a delta, or nil for a deletion
 */
record Told(Kind kind, Bytes key, Value value, Value.ByteString owner, long time) {
    /** The four forms in which a key is spoken of. */
    enum Kind {
        SET,
        DELETION,
        DELTA,
        JOIN
    }

    private static final int CHANGE_ITEMS = 3;
    private static final int JOIN_ITEMS = 5;

    /** What a message of the sub-flags store and delta says; empty when it has none of the forms (SYN-4). */
    static Optional<Told> read(Event.Received received) {
        boolean isBroadcast = received.type() == Opcode.BROADCAST.number();
        boolean isJoin = received.items() == JOIN_ITEMS && !isBroadcast && received.subFlag() == Opcode.STORE.number();
        if (received.items() != CHANGE_ITEMS && !isJoin) {
            return Optional.empty();
        }
        Message message = received.frame().message();
        List<Value> payload = message.payload();
        if (!(payload.get(1) instanceof Value.ByteString name)) {
            return Optional.empty();
        }
        Bytes key = name.bytes().compact();
        if (isJoin) {
            return join(key, payload);
        }
        return change(received.subFlag(), key, payload.get(2), message.sender(), message.time());
    }

    /** The change that a caller or a message asks for; empty when it is a delta that is none (SYN-4). */
    static Optional<Told> change(int subFlag, Bytes key, Value value, Value.ByteString owner, long time) {
        if (subFlag == Opcode.DELTA.number()) {
            return value instanceof Value.Map map && Delta.isSound(map)
                    ? Optional.of(new Told(Kind.DELTA, key, map, owner, time))
                    : Optional.empty();
        }
        Kind kind = value.kind() == Value.Kind.NIL ? Kind.DELETION : Kind.SET;
        return subFlag == Opcode.STORE.number()
                ? Optional.of(new Told(kind, key, value, owner, time))
                : Optional.empty();
    }

    private static Optional<Told> join(Bytes key, List<Value> payload) {
        boolean sound = payload.get(2).kind() != Value.Kind.NIL
                && payload.get(3) instanceof Value.ByteString
                && payload.get(4) instanceof Value.Int time
                && !time.isAboveLong()
                && time.longValue() >= 0;
        if (!sound) {
            return Optional.empty();
        }
        Value.ByteString owner = (Value.ByteString) payload.get(3);
        long time = ((Value.Int) payload.get(4)).longValue();
        return Optional.of(new Told(Kind.JOIN, key, payload.get(2), owner, time));
    }

    /** Whether its owner is no longer than an id can be (SYN-6). */
    boolean hasShortOwner() {
        return owner.bytes().length() <= Base58.MAX_LENGTH;
    }

    /** Whether its key is within max-key (SYN-9). */
    boolean hasShortKey() {
        return key.length() <= Limit.MAX_KEY.standard();
    }

    Revision revision() {
        return new Revision(owner.bytes(), time);
    }
}
