package today.p2p.link;

import java.util.ArrayList;
import java.util.List;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/** The messages that a link writes of its own accord. */
final class OwnMessages {
    private final Self self;
    private final NodeLimits limits;

    OwnMessages(Self self, NodeLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /** Our handshake (LNK-2), which is nowhere 4 bytes longer than a multiple of 8 (LNK-35). */
    PackedMessage handshake(Time now) {
        PackedMessage handshake = pack(Opcode.WHISPER, now, self.handshake());
        boolean isBetween = handshake.frameFor(null).length() % 8 == 4;
        return isBetween ? pack(Opcode.WHISPER, now, longer(self.handshake())) : handshake;
    }

    /** With an item of one byte in its list of codecs, which whoever reads that ignores (LNK-7). */
    private static List<Value> longer(List<Value> payload) {
        List<Value> longer = new ArrayList<>(payload);
        int last = longer.size() - 1;
        List<Value> codecs = new ArrayList<>(((Value.Array) longer.get(last)).items());
        codecs.add(Value.of(""));
        longer.set(last, Value.of(codecs));
        return longer;
    }

    /** The answer to a new codec list (LNK-17). */
    PackedMessage codecs(Value.Array shared, Time now) {
        return pack(Opcode.RENEGOTIATE, now, List.of(Value.of(Opcode.COMPRESSION.number()), shared));
    }

    /** A whisper of nothing but its sub-flag: ping or pong (LNK-20). */
    PackedMessage whisper(Opcode subFlag, Time now) {
        return pack(Opcode.WHISPER, now, List.of(Value.of(subFlag.number())));
    }

    private PackedMessage pack(Opcode type, Time now, List<Value> payload) {
        return PackedMessage.of(
                new Message(type.number(), self.idValue(), now.wallSeconds(), payload), limits.frames());
    }
}
