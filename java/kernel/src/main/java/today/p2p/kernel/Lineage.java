package today.p2p.kernel;

import java.util.List;
import today.p2p.msgpack.Value;

/** Which family of implementations a handshake speaks of, as far as anyone can tell (SYN-19). */
public enum Lineage {
    /** A node that follows this specification. */
    KIT,
    /** A node that could be py2p. */
    PY2P,
    /** A node that could be js2p, which closes a link for every deletion. */
    JS2P;

    private static final List<Long> CODECS_OF_THE_KIT = List.of(0x21L, 0x22L);

    /** What the types of its two ids and its codec list say of a peer. */
    public static Lineage of(Value.ByteString id, Value.ByteString protocol, List<Long> codecs, List<String> tokens) {
        boolean idIsText = id.kind() == Value.Kind.TEXT;
        boolean protocolIsText = protocol.kind() == Value.Kind.TEXT;
        boolean isUniversal = idIsText && !protocolIsText;
        if (isUniversal || !tokens.isEmpty() || codecs.stream().anyMatch(CODECS_OF_THE_KIT::contains)) {
            return KIT;
        }
        return idIsText ? JS2P : PY2P;
    }
}
