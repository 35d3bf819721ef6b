package today.p2p.model.links;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests for a node, and their responses (MSH-17 to MSH-19). */
final class Requests {

    private static final int RESPONSE = 10;
    private static final long MAX_REQUESTS = 64;

    private final Slip.Slips slips;
    private final Peers peers;

    Requests(Slip.Slips slips) {
        this.slips = slips;
        this.peers = new Peers(slips);
    }

    /** MSH-17. */
    ObjectNode answer(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        JsonNode payload = in.node("payload");
        if (payload.size() != 3 || Given.bytes(payload.get(1)).isEmpty()) {
            return answer.putNull("answer");
        }
        List<Given> known = new ArrayList<>(in.each("peers"));
        if (!slips.has(Slip.SELF_NOT_NAMED)) {
            known.add(in.inner("own"));
        }
        Optional<String> target = Given.name(payload.get(2));
        Optional<Given> found = known.stream()
                .filter(node -> Optional.of(node.text("id")).equals(target))
                .findFirst();
        if (found.isEmpty()) {
            return answer.putNull("answer");
        }
        ArrayNode response = answer.putArray("answer").add(RESPONSE);
        if (slips.has(Slip.REQUEST_ID_AS_TEXT)) {
            response.add(Given.name(payload.get(1)).orElseThrow());
        } else {
            response.add(payload.get(1));
        }
        ArrayNode node = response.addArray();
        node.addArray().add(found.get().text("host")).add(found.get().number("port"));
        node.add(found.get().text("id"));
        return answer;
    }

    /** MSH-18 and MSH-19. */
    ObjectNode use(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode dial = answer.putArray("dial");
        if (in.number("pending") >= MAX_REQUESTS && !slips.has(Slip.REQUESTS_UNCOUNTED)) {
            return answer.put("told", "LIMIT");
        }
        Dials dials = new Dials(slips, in);
        boolean used = false;
        for (Given response : in.each("responses")) {
            boolean open = !used || slips.has(Slip.EVERY_RESPONSE_USED);
            Optional<Peers.Named> node = Optional.of(response)
                    .filter(said -> open && (said.flag("mine") || slips.has(Slip.ANY_RESPONSE_USED)))
                    .flatMap(said -> peers.named(said.node("node")))
                    .filter(named -> named.id().equals(in.text("target")) || slips.has(Slip.ANY_NODE_SUITS));
            boolean allowed = node.isPresent() && allows(dials, node.get().address(), in.text("by"));
            used = used || allowed || (node.isPresent() && slips.has(Slip.FORBIDDEN_USED_UP));
            dial.add(allowed);
        }
        return answer.put("told", told(in.text("then")));
    }

    private boolean allows(Dials dials, Peers.Address to, String by) {
        return slips.has(Slip.RESPONSES_BELIEVED) || dials.allows(to.host(), to.port(), by, 0);
    }

    private @Nullable String told(String then) {
        return switch (then) {
            case "target", "elsewhere" -> "sent";
            case "other" -> slips.has(Slip.ANY_NODE_IS_TOLD) ? "sent" : "ABSENT";
            case "nobody" -> "ABSENT";
            case "time" -> slips.has(Slip.WAITS_FOR_EVER) ? null : "TIMEOUT";
            default -> null;
        };
    }
}
