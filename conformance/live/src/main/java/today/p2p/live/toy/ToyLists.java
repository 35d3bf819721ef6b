package today.p2p.live.toy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists of peers, those that the toy sends and those that it gets. Guarded by its node. */
final class ToyLists {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_PEERS = 64;
    private static final int MAX_OUTGOING = 4;

    private final ToyNode node;
    private final ToyMesh mesh;
    private final ToyMesh.Name name;
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> dialled = new HashSet<>();

    ToyLists(ToyNode node, ToyMesh mesh, ToyMesh.Name name) {
        this.node = node;
        this.mesh = mesh;
        this.name = name;
    }

    /** Ids that count as peers because somebody named them; none but for a defect. */
    Set<String> named() {
        return named;
    }

    // MSH-3, MSH-32.
    void send(ToyLink link) {
        ArrayNode message = mesh.own(2, mesh.now()).add(7);
        ArrayNode list = message.addArray();
        boolean isJs2p = link.elder == ToyLink.Elder.JS2P;
        boolean isNamedOne = isJs2p && node.is(ToyDefect.ONE_NAME_FOR_JS2P);
        boolean spared = isJs2p && !isNamedOne && !node.is(ToyDefect.NAMES_NODES_TO_JS2P);
        for (ToyLink other : spared ? List.<ToyLink>of() : mesh.peers()) {
            if (other.port() != 0
                    && (other != link || node.is(ToyDefect.TOLD_OF_ITSELF))
                    && list.size() < (isNamedOne ? 1 : MAX_PEERS)
                    && mayMeet(link, other)) {
                list.add(JSON.arrayNode().add(other.address).add(other.peer));
            }
        }
        mesh.send(link, message, false);
    }

    // MSH-25.
    private boolean mayMeet(ToyLink link, ToyLink other) {
        boolean sameIds = name.dialect().equals("TEXT") && !node.is(ToyDefect.ELDERS_ALWAYS_APART);
        boolean isElder = link.elder != ToyLink.Elder.NONE && other.elder != ToyLink.Elder.NONE;
        return sameIds || !isElder || link.elder == other.elder || node.is(ToyDefect.ELDERS_MIXED);
    }

    // MSH-8.
    void list(ToyLink link, JsonNode message) {
        boolean star = "*".equals(Wire.text(message.path(4)));
        boolean text = message.path(4).isString() || !node.is(ToyDefect.STAR_AS_TEXT_ONLY);
        if (message.size() == 5 && star && text && link.mayList()) {
            send(link);
        }
    }

    // MSH-4, MSH-5, MSH-7.
    void learn(ToyLink link, JsonNode list) {
        for (JsonNode item : list) {
            String id = item.size() == 2 ? Wire.text(item.get(1)) : null;
            if (id == null || !Wire.isBase58(id) || !ToyGreeting.isAddress(item.get(0))) {
                if (node.is(ToyDefect.BAD_ITEM_ENDS_LIST)) {
                    return;
                }
                continue;
            }
            if (node.is(ToyDefect.BELIEVES_LISTS)) {
                named.add(id);
            }
            long outgoing = node.links.stream().filter(each -> each.outgoing).count()
                    + mesh.requests().dials();
            boolean known = id.equals(name.id()) || mesh.peer(id) != null;
            if (!known
                    && (outgoing < MAX_OUTGOING || mesh.ring() != null)
                    && mayDial(item.get(0))
                    && !node.is(ToyDefect.NEVER_DIALS)) {
                node.dial(
                        String.valueOf(Wire.text(item.get(0).get(0))),
                        item.get(0).get(1).asInt(-1),
                        mesh.requests().named());
            }
        }
    }

    boolean mayDial(JsonNode address) {
        String host = String.valueOf(Wire.text(address.get(0)));
        int port = address.get(1).asInt(-1);
        boolean numeric = host.matches("127(\\.\\d{1,3}){3}") || node.is(ToyDefect.DIALS_NAMES);
        boolean fresh = dialled.add(host + " " + port) || node.is(ToyDefect.DIALS_TWICE);
        return numeric && port != 0 && fresh;
    }
}
