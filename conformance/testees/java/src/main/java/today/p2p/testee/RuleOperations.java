package today.p2p.testee;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.Nearest;
import today.p2p.chord.RingId;
import today.p2p.chord.Table;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.link.DuplicateLink;
import today.p2p.mesh.BroadcastRule;
import today.p2p.msgpack.Bytes;
import today.p2p.sync.Change;
import today.p2p.sync.Permission;
import today.p2p.sync.Revision;
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

    static ObjectNode linkConflict(Request in) {
        NodeId own = IdOperations.meaning(NodeId.read(in.byteString("own").bytes()));
        NodeId peer = IdOperations.meaning(NodeId.read(in.byteString("peer").bytes()));
        DuplicateLink closed = DuplicateLink.decide(own, peer, in.flag("newOutgoing"));
        return answer().put("close", closed == DuplicateLink.CLOSE_OLD ? "old" : "new");
    }

    static ObjectNode broadcastCheck(Request in) {
        BroadcastRule rule = BroadcastRule.decide(in.number("time"), in.number("now"), in.flag("seen"));
        return answer().put("accept", rule.accepted());
    }

    static ObjectNode leaseCheck(Request in) {
        Permission.Terms terms = new Permission.Terms(in.flag("leasing"), in.number("now"));
        Change change = new Change(revision(in.inner("change")), in.flag("delta"));
        @Nullable Revision current = in.isAbsent("current") ? null : revision(in.inner("current"));
        return answer().put("allow", Permission.of(current, change, terms).allowed());
    }

    static ObjectNode chordPositions(Request in) {
        Bytes key = in.byteString("key").bytes();
        ObjectNode answer = answer();
        for (Table table : Table.values()) {
            BigInteger position = table.position(key);
            answer.putObject(table.hashName()).put("int", position.toString()).put("base58", Base58.write(position));
        }
        return answer;
    }

    static ObjectNode chordDistance(Request in) {
        RingId from = RingId.of(in.bigNumber("from"));
        BigInteger distance = from.distanceTo(RingId.of(in.bigNumber("to")));
        return answer().put("distance", distance.toString());
    }

    static ObjectNode chordOwner(Request in) {
        List<BigInteger> candidates = new ArrayList<>();
        if (in.flag("joined")) {
            candidates.add(in.bigNumber("self"));
        }
        candidates.addAll(in.bigNumbers("peers"));
        Nearest side = in.text("direction").equals("ahead") ? Nearest.AHEAD : Nearest.OWNER;
        RingId position = RingId.of(in.bigNumber("key"));
        return answer().put(
                        "node",
                        side.of(position, candidates, RingId::of)
                                .map(BigInteger::toString)
                                .orElse(null));
    }

    private static Revision revision(Request change) {
        return new Revision(change.byteString("owner").bytes(), change.number("time"));
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }
}
