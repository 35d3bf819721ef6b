package today.p2p.kernel;

import java.util.List;
import today.p2p.ids.NodeId;

/**
 * What a peer said of itself, checked (LNK-2 to LNK-7).
 *
 * @param id which it claims; nothing proves it
 * @param address which it advertises
 * @param codecs the integers of its codec list, in its order, unknown ones included
 * @param extensions the extension tokens of that list (EXT-1)
 * @param lineage which implementation it could be (SYN-19)
 */
public record Handshake(NodeId id, Address address, List<Long> codecs, List<String> extensions, Lineage lineage) {
    public Handshake {
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
    }

    /** Of a node that follows this specification. */
    public Handshake(NodeId id, Address address, List<Long> codecs, List<String> extensions) {
        this(id, address, codecs, extensions, Lineage.KIT);
    }

    /** The part of it that other peers are told. */
    public PeerInfo info() {
        return new PeerInfo(id, address);
    }
}
