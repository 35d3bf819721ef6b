package today.p2p.testee;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Base58;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Self;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;

/** Who plays in a {@link Scene}, as requests name them. */
final class Cast {
    private static final Address HERE = new Address("192.0.2.1", 4444);
    private static final ProtocolId MESH = ProtocolId.of("mesh", Encryption.PLAINTEXT);

    private Cast() {}

    /** One node of a request: {@code {id, host, port}}. */
    record Player(NodeId id, Address address) {
        static Player of(Request in) {
            return new Player(Cast.id(in.text("id")), new Address(in.text("host"), (int) in.number("port")));
        }
    }

    static NodeId id(String text) {
        return IdOperations.meaning(NodeId.read(Bytes.ofUtf8(text)));
    }

    /** An id that no request has: each number has another one. */
    static NodeId extra(long number) {
        return id(Base58.write(BigInteger.valueOf(1_000_000 + number)));
    }

    static Self self(NodeId id, Address address, ProtocolId protocol, List<Integer> codecs) {
        List<Codec> own =
                codecs.stream().map(number -> Codecs.find(number).orElseThrow()).toList();
        return new Self(id, protocol, Dialect.UNIVERSAL, address, own);
    }

    /** A node of the network {@code mesh} that lists no codecs. */
    static Self self(Player own) {
        return self(own.id(), own.address(), MESH, List.of());
    }

    static Self self(NodeId id) {
        return self(id, HERE, MESH, List.of());
    }

    /** A link that is open, to a peer that lists these codecs. */
    static void open(Scene scene, long link, NodeId id, Value codecs) {
        scene.up(link, "203.0.113.9", OptionalLong.empty());
        scene.greet(link, id, new Address("203.0.113.9", 4444), codecs);
    }

    static Message message(Opcode type, NodeId sender, List<Value> payload) {
        return new Message(type.number(), Value.text(sender.bytes()), Scene.WALL, payload);
    }

    static Message message(Opcode type, NodeId sender, Value... payload) {
        return message(type, sender, List.of(payload));
    }

    static List<Value> payload(Request in) {
        return ((Value.Array) in.value("payload")).items();
    }

    /** The sub-flag of a message, or -1. */
    static long subFlag(Message message) {
        List<Value> payload = message.payload();
        return !payload.isEmpty() && payload.get(0) instanceof Value.Int flag ? flag.longValue() : -1;
    }

    static boolean is(Message message, Opcode type, Opcode subFlag) {
        return message.type() == type.number() && subFlag(message) == subFlag.number();
    }
}
