package today.p2p.model.links;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Handshakes and codec lists (LNK-2 to LNK-9, LNK-16, LNK-17). */
final class Greetings {

    private static final int MAX_CODECS = 64;

    private final Slip.Slips slips;
    private final Peers peers;

    Greetings(Slip.Slips slips) {
        this.slips = slips;
        this.peers = new Peers(slips);
    }

    /** The checks in the order of LNK-27; the first that fails names the error. */
    ObjectNode check(Given in) {
        JsonNode payload = in.node("payload");
        if (slips.has(Slip.CODECS_CHECKED_FIRST)) {
            checkCodecs(payload.get(4));
        }
        if (!Given.name(payload.get(2)).equals(Optional.of(in.text("protocolId"))) && !slips.has(Slip.ANY_SUBNET)) {
            throw new Refused("SUBNET", "LNK-4", "another network");
        }
        String id = Given.name(payload.get(1))
                .orElseThrow(() -> new Refused("SHAPE", "LNK-6", "the id is neither text nor binary"));
        if (id.equals(in.text("own")) && !slips.has(Slip.OWN_ID_TAKEN)) {
            throw new Refused("ORDER", "LNK-5", "the node itself");
        }
        if (!Peers.isId(id)) {
            throw new Refused("BASE58", "LNK-6", "the id is no number in base58");
        }
        Peers.Address address =
                peers.address(payload.get(3)).orElseThrow(() -> new Refused("SHAPE", "LNK-6", "not an address"));
        checkCodecs(payload.get(4));
        if (in.in().has("before") && !in.text("before").equals(id) && !slips.has(Slip.ID_MAY_CHANGE)) {
            throw new Refused("ORDER", "LNK-9", "a further handshake with another id");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("id", id).put("host", address.host()).put("port", address.port());
        ArrayNode tokens = answer.putArray("extensions");
        payload.get(4).forEach(item -> {
            if (item.isString() && item.stringValue().startsWith("ext:")) {
                tokens.add(item.stringValue());
            }
        });
        return put(answer, "codec", shared(in.node("codecs"), Given.integers(payload.get(4))));
    }

    private void checkCodecs(JsonNode list) {
        if (!list.isArray()) {
            throw new Refused("SHAPE", "LNK-6", "the codecs are not an array");
        }
        if (list.size() > MAX_CODECS && !slips.has(Slip.CODECS_UNCOUNTED)) {
            throw new Refused("LIMIT", "LNK-7", "more than max-codecs items");
        }
        if (slips.has(Slip.TOKENS_REFUSED) && Given.integers(list).size() < list.size()) {
            throw new Refused("SHAPE", "LNK-7", "an item that is no number");
        }
    }

    /** NEG-1: of the own list what the peer listed. */
    private static List<BigInteger> shared(JsonNode own, List<BigInteger> peer) {
        LinkedHashSet<BigInteger> shared = new LinkedHashSet<>(Given.integers(own));
        shared.retainAll(peer);
        return List.copyOf(shared);
    }

    /** NEG-2: the first shared codec, or null. */
    private static ObjectNode put(ObjectNode answer, String name, List<BigInteger> shared) {
        return shared.isEmpty()
                ? answer.putNull(name)
                : answer.put(name, shared.get(0).intValue());
    }

    /** LNK-16 and LNK-17. */
    ObjectNode renegotiate(Given in) {
        JsonNode payload = in.node("payload");
        if (payload.size() != 2 || !payload.get(1).isArray()) {
            throw new Refused("SHAPE", "LNK-16", "no list of codecs as only further item");
        }
        if (payload.get(1).size() > MAX_CODECS && !slips.has(Slip.CODECS_UNCOUNTED)) {
            throw new Refused("LIMIT", "LNK-16", "more than max-codecs items");
        }
        List<BigInteger> before = Given.integers(in.node("before"));
        List<BigInteger> after = Given.integers(payload.get(1));
        List<BigInteger> shared = shared(in.node("own"), after);
        List<BigInteger> sent = slips.has(Slip.OLD_LIST_STAYS) ? shared(in.node("own"), before) : shared;
        ObjectNode answer = put(JsonNodeFactory.instance.objectNode(), "codec", sent);
        if (!differ(before, after)) {
            return answer.putNull("answer");
        }
        ArrayNode list = answer.putArray("answer");
        shared.forEach(codec -> list.add(codec.intValue()));
        return answer;
    }

    private boolean differ(List<BigInteger> before, List<BigInteger> after) {
        if (slips.has(Slip.EQUAL_LISTS_ANSWERED)) {
            return true;
        }
        return slips.has(Slip.LISTS_AS_SETS)
                ? !new HashSet<>(before).equals(new HashSet<>(after))
                : !new ArrayList<>(before).equals(after);
    }
}
