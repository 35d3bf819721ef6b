package today.p2p.simulator.tables;

import java.util.List;
import java.util.Optional;
import today.p2p.kernel.Event;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;

/** What a message says of a key, read apart from the code that is watched (SYN-2, SYN-3). */
record Said(Bytes key, Value value, Bytes owner, long time, boolean isDelta, boolean isJoin) {

    /** What is said; empty when it is no change and no join store. */
    static Optional<Said> of(Event.Received received) {
        Message message = received.frame().message();
        List<Value> payload = message.payload();
        boolean isDelta = received.subFlag() == Opcode.DELTA.number();
        boolean isOfTable = isDelta || received.subFlag() == Opcode.STORE.number();
        if (!isOfTable || payload.size() < 3 || !(payload.get(1) instanceof Value.ByteString key)) {
            return Optional.empty();
        }
        Bytes name = key.bytes().compact();
        if (payload.size() == 3) {
            Bytes sender = message.sender().bytes().compact();
            return Optional.of(new Said(name, payload.get(2), sender, message.time(), isDelta, false));
        }
        boolean isJoin = payload.size() == 5
                && payload.get(3) instanceof Value.ByteString
                && payload.get(4) instanceof Value.Int;
        if (!isJoin) {
            return Optional.empty();
        }
        Bytes owner = ((Value.ByteString) payload.get(3)).bytes().compact();
        long time = ((Value.Int) payload.get(4)).longValue();
        return Optional.of(new Said(name, payload.get(2), owner, time, false, true));
    }

    boolean isDeletion() {
        return !isJoin && !isDelta && value.kind() == Value.Kind.NIL;
    }

    /** Whether a value is what this leads to, or can be. */
    boolean leadsTo(Value after) {
        if (!isDelta) {
            return after.equals(value);
        }
        return after instanceof Value.Map map
                && value instanceof Value.Map delta
                && map.entries().containsAll(delta.entries());
    }
}
