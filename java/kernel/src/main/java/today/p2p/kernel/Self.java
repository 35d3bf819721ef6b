package today.p2p.kernel;

import java.util.ArrayList;
import java.util.List;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Opcode;

/**
 * What a node says of itself in its handshake, and how. Immutable.
 *
 * @param id the node's id
 * @param protocol the network's id
 * @param dialect how both are sent
 * @param address under which others reach the node
 * @param codecs that the node reads and writes, in its order of preference
 */
public record Self(NodeId id, ProtocolId protocol, Dialect dialect, Address address, List<Codec> codecs) {
    public Self {
        codecs = List.copyOf(codecs);
    }

    /** The node id as it stands in messages. */
    public Value.ByteString idValue() {
        return dialect.nodeId(id.bytes());
    }

    /** The payload of the handshake (LNK-2). */
    public List<Value> handshake() {
        List<Value> listed = new ArrayList<>();
        codecs.forEach(codec -> listed.add(Value.of(codec.code())));
        return List.of(
                Value.of(Opcode.HANDSHAKE.number()), idValue(), protocolValue(), address.toValue(), Value.of(listed));
    }

    /** The protocol id as it stands in the handshake. */
    public Value.ByteString protocolValue() {
        return dialect.protocolId(protocol.bytes());
    }
}
