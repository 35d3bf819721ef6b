package today.p2p.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.MessageWriter;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/** The messages that a node writes. */
final class OwnMessages {
    private final Self self;
    private final NodeLimits limits;
    private final MessageWriter writer;

    /** The messages of a node. */
    OwnMessages(Self self, NodeLimits limits) {
        this.self = self;
        this.limits = limits;
        writer = new MessageWriter(limits.frames());
    }

    /** A message of now. */
    PackedMessage pack(Opcode type, Time now, Value... payload) {
        return pack(type, now.wallSeconds(), List.of(payload));
    }

    /**
     * A message of that time.
     *
     * @throws today.p2p.msgpack.NotEncodableException when no frame can hold it
     */
    PackedMessage pack(Opcode type, long wallSeconds, List<Value> payload) {
        writer.begin(type.number(), self.idValue(), wallSeconds, payload.size());
        payload.forEach(writer::writeValue);
        PackedMessage message = writer.pack();
        // Refuses here what links would have to refuse one by one.
        message.frameFor(null);
        return message;
    }

    /** The sub-flag and what follows it; empty when the sub-flag is not the application's (OPC-2). */
    static Optional<List<Value>> content(int subFlag, List<Value> payload) {
        boolean own = subFlag == Opcode.BROADCAST.number()
                || subFlag == Opcode.WHISPER.number()
                || (subFlag >= Opcode.FIRST_OF_APPLICATIONS && subFlag <= 255);
        if (!own) {
            return Optional.empty();
        }
        List<Value> content = new ArrayList<>(payload.size() + 1);
        content.add(Value.of(subFlag));
        content.addAll(payload);
        return Optional.of(content);
    }

    /** The list of peers for one of them: the others that it can dial and talk to (MSH-3, MSH-25); for js2p nobody (MSH-32). */
    PackedMessage peers(Peer receiver, List<Peer> listening, RandomGenerator random, Time now) {
        List<Peer> all = receiver.lineage() == Lineage.JS2P ? List.of() : listening;
        Predicate<Peer> fits =
                peer -> !peer.link().equals(receiver.link()) && !areStrangers(peer.lineage(), receiver.lineage());
        List<Value> list = PeerList.draw(all, limits.of(Limit.MAX_PEERS_SENT), fits, random).stream()
                .map(peer -> (Value) PeerList.write(peer.info(), self))
                .toList();
        return pack(Opcode.WHISPER, now, Value.of(Opcode.PEERS.number()), Value.of(list));
    }

    /** Whether the two would refuse each other's handshake (MSH-25). */
    private boolean areStrangers(Lineage one, Lineage other) {
        boolean differ = one != other && one != Lineage.KIT && other != Lineage.KIT;
        return differ && self.dialect() != Dialect.TEXT;
    }
}
