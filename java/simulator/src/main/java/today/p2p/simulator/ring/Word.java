package today.p2p.simulator.ring;

import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/**
 * What a whisper says of a position, read apart from the code that is watched.
 *
 * @param value nil for a question
 */
record Word(Opcode opcode, Spot spot, Value hashName, Value key, Value value) {
    private static final int QUESTION = 3;

    /** Empty when it says nothing of a position. */
    static Optional<Word> of(List<Value> payload) {
        if (payload.size() < QUESTION || !(payload.get(0) instanceof Value.Int flag)) {
            return Optional.empty();
        }
        Optional<Opcode> opcode = Opcode.ofSubFlag(flag.longValue()).filter(one -> items(one) == payload.size());
        return opcode.flatMap(one -> Spot.of(payload.get(1), payload.get(2))
                .map(spot -> new Word(one, spot, payload.get(1), payload.get(2), value(payload))));
    }

    boolean isChange() {
        return opcode == Opcode.STORE || opcode == Opcode.DELTA;
    }

    boolean isNil() {
        return value.kind() == Value.Kind.NIL;
    }

    private static Value value(List<Value> payload) {
        return payload.size() > QUESTION ? payload.get(QUESTION) : Value.nil();
    }

    private static int items(Opcode opcode) {
        return switch (opcode) {
            case RETRIEVE -> QUESTION;
            case STORE, DELTA, RETRIEVED -> QUESTION + 1;
            default -> -1;
        };
    }
}
