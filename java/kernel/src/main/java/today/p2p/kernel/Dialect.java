package today.p2p.kernel;

import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * As what a node sends its node id and its protocol id: an active row of {@code
 * protocol-spec/registry/dialects.csv} (DIA-1).
 */
public enum Dialect {
    /** Node id text, protocol id binary: what both living implementations accept (DIA-2). */
    UNIVERSAL(true, false),
    /** Both binary. */
    BINARY(false, false),
    /** Both text. */
    TEXT(true, true);

    private final boolean nodeIdIsText;
    private final boolean protocolIdIsText;

    Dialect(boolean nodeIdIsText, boolean protocolIdIsText) {
        this.nodeIdIsText = nodeIdIsText;
        this.protocolIdIsText = protocolIdIsText;
    }

    /** A node id as this dialect sends it. */
    public Value.ByteString nodeId(Bytes id) {
        return nodeIdIsText ? Value.text(id) : Value.of(id);
    }

    /** A protocol id as this dialect sends it. */
    public Value.ByteString protocolId(Bytes id) {
        return protocolIdIsText ? Value.text(id) : Value.of(id);
    }
}
