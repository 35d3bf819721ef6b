package today.p2p.serializer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/**
 * What one node says to others: {@code [type, sender, time, payload...]} (MSG-1 to MSG-7). Immutable.
 *
 * @param type how the message travels, 0..255; see {@link Opcode}
 * @param sender the id of the node that it comes from, text or binary, possibly empty
 * @param time whole seconds since 1970-01-01T00:00:00Z, 0 and above; 0 is not replaced (FRM-12)
 * @param payload all that follows; its first item is the sub-flag when that is an integer
 */
public record Message(int type, Value.ByteString sender, long time, List<Value> payload) {

    /**
     * Checks what the spec says of the fields.
     *
     * @throws NotEncodableException OPCODE, if the type is outside 0..255; RANGE, if the time is negative
     */
    public Message {
        checkType(type);
        Objects.requireNonNull(sender);
        checkTime(time);
        payload = Value.of(payload).items();
    }

    /** The first payload item, if there is one and it is an integer (MSG-7). */
    public Optional<Value.Int> subFlag() {
        return !payload.isEmpty() && payload.get(0) instanceof Value.Int flag ? Optional.of(flag) : Optional.empty();
    }

    static void checkType(int type) {
        if (type < 0 || type > 255) {
            throw new NotEncodableException(ErrorCode.OPCODE, "type " + type + " is not in 0..255");
        }
    }

    static void checkTime(long time) {
        if (time < 0) {
            throw new NotEncodableException(ErrorCode.RANGE, "time " + time + " is not in 0..2^63-1");
        }
    }
}
