package today.p2p.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import today.p2p.ids.NodeId;
import today.p2p.ids.Parsed;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.Self;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** Checks the peer's handshake (LNK-2 to LNK-7). */
final class Greeting {
    private static final String EXTENSION = "ext:";
    private static final int MAX_CODECS = (int) Limit.MAX_CODECS.standard();

    private final Self self;

    Greeting(Self self) {
        this.self = self;
    }

    /** The checks of a handshake, in the order of LNK-27; the first that fails decides. */
    Checked check(List<Value> payload) {
        if (!(payload.get(2) instanceof Value.ByteString protocol)
                || !protocol.bytes().equals(self.protocol().bytes())) {
            return refused(ErrorCode.SUBNET, "another network: subnet or encryption differ");
        }
        if (!(payload.get(1) instanceof Value.ByteString claimed)) {
            return refused(ErrorCode.SHAPE, "the node id is neither text nor binary");
        }
        if (claimed.bytes().equals(self.id().bytes())) {
            return refused(ErrorCode.ORDER, "this node itself");
        }
        Parsed<NodeId> id = NodeId.read(claimed.bytes());
        if (id.value().isEmpty()) {
            return refused(ErrorCode.BASE58, "the node id is no number in base58");
        }
        Optional<Address> address = Address.read(payload.get(3));
        if (address.isEmpty()) {
            return refused(ErrorCode.SHAPE, "the address is not a host and a port");
        }
        if (!(payload.get(4) instanceof Value.Array codecs)) {
            return refused(ErrorCode.SHAPE, "the codecs are not an array");
        }
        if (codecs.items().size() > MAX_CODECS) {
            return refused(ErrorCode.LIMIT, "more than max-codecs codecs");
        }
        List<Long> numbers = PeerCodecs.integers(codecs.items());
        List<String> tokens = extensions(codecs);
        Lineage lineage = Lineage.of(claimed, protocol, numbers, tokens);
        return new Checked.Sound(new Handshake(id.value().get(), address.get(), numbers, tokens, lineage));
    }

    private static List<String> extensions(Value.Array codecs) {
        List<String> tokens = new ArrayList<>();
        for (Value item : codecs.items()) {
            if (item instanceof Value.Text text && text.text().startsWith(EXTENSION)) {
                tokens.add(text.text());
            }
        }
        return tokens;
    }

    private static Checked refused(ErrorCode code, String detail) {
        return new Checked.Refused(CloseReason.rule(code, detail));
    }

    /** A handshake, or why it closes the link. */
    sealed interface Checked {
        record Sound(Handshake handshake) implements Checked {}

        record Refused(CloseReason reason) implements Checked {}
    }
}
