package today.p2p.model.links;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which addresses are dialled on the word of a peer (MSH-7). */
final class Dials {

    private static final long DIAL_WINDOW = 60_000;
    private static final long DIAL_AGAIN = 600_000;

    private final Slip.Slips slips;
    private final Given limits;
    private final List<Dialled> remembered = new ArrayList<>();

    private record Dialled(long at, String by, Numeric to, int port) {}

    Dials(Slip.Slips slips, Given limits) {
        this.slips = slips;
        this.limits = limits;
    }

    ObjectNode answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode dial = answer.putArray("dial");
        for (Given named : limits.each("named")) {
            String host = named.node("to").get(0).asString();
            dial.add(allows(host, named.node("to").get(1).asInt(), named.text("by"), named.number("at")));
        }
        return answer;
    }

    /** Whether to dial; if so, the dial is remembered. */
    boolean allows(String host, int port, String by, long now) {
        Optional<Numeric> read = Numeric.read(host, slips);
        if (read.isEmpty() || (port == 0 && !slips.has(Slip.PORT_ZERO_DIALLED)) || !isFit(read.get(), by)) {
            return false;
        }
        Numeric to =
                slips.has(Slip.TEXTS_ARE_ADDRESSES) ? read.get() : read.get().plain();
        remembered.removeIf(dial -> now - dial.at >= DIAL_AGAIN);
        boolean again = !slips.has(Slip.DIALLED_AGAIN)
                && remembered.stream().anyMatch(dial -> dial.to.equals(to) && dial.port == port);
        long caused = remembered.stream()
                .filter(dial -> dial.by.equals(by) && now - dial.at < DIAL_WINDOW)
                .count();
        boolean tired = caused >= limits.limit("max-dials-per-source", 8) && !slips.has(Slip.SOURCES_UNCOUNTED);
        boolean full = remembered.size() >= limits.limit("max-dials", 1024) && !slips.has(Slip.DIALS_UNCOUNTED);
        if (again || tired || full) {
            return false;
        }
        remembered.add(new Dialled(now, by, to, port));
        return true;
    }

    private boolean isFit(Numeric to, String by) {
        Numeric.Kind source =
                Numeric.read(by, slips).map(address -> address.kind(slips)).orElse(Numeric.Kind.NEVER);
        boolean near = source == Numeric.Kind.LOOPBACK;
        return switch (to.kind(slips)) {
            case PUBLIC -> true;
            case PRIVATE -> near || source == Numeric.Kind.PRIVATE || slips.has(Slip.PRIVATE_FOR_ALL);
            case LOOPBACK -> near || slips.has(Slip.LOOPBACK_FOR_ALL);
            case NEVER -> false;
        };
    }
}
