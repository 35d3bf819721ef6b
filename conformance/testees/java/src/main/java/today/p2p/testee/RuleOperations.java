package today.p2p.testee;

import java.util.List;
import today.p2p.serializer.codec.Codecs;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Questions that rules without state decide (NEG, chapter 7). */
final class RuleOperations {
    private RuleOperations() {}

    static ObjectNode negotiate(Request in) {
        List<Integer> shared = Codecs.shared(in.numbers("own"), in.numbers("peer"));
        ObjectNode answer = answer();
        ArrayNode list = answer.putArray("shared");
        shared.forEach(list::add);
        return answer.put("codec", shared.isEmpty() ? null : shared.get(0)); // NEG-2
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }
}
