package today.p2p.testee;

import java.math.BigInteger;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.ids.Parsed;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** base58 and ids (chapter 5). */
final class IdOperations {
    private IdOperations() {}

    static ObjectNode encode(Request in) {
        return answer().put("text", Base58.write(in.bigNumber("int")));
    }

    static ObjectNode decode(Request in) {
        BigInteger number = meaning(Base58.read(in.text("text")));
        return answer().put("int", number.toString());
    }

    static ObjectNode protocolId(Request in) {
        return answer().put(
                        "id",
                        ProtocolId.of(in.text("subnet"), in.text("encryption")).text());
    }

    static ObjectNode nodeId(Request in) {
        ProtocolId protocol = new ProtocolId(Bytes.ofUtf8(in.text("protocolId")));
        return answer().put(
                        "id",
                        NodeId.of(in.text("address"), protocol, in.text("salt")).text());
    }

    /** What the text stands for, or the refusal of it as the answer. */
    static <T> T meaning(Parsed<T> parsed) {
        return parsed.value().orElseThrow(() -> Refusal.of(parsed.malformed().orElseThrow()));
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }
}
