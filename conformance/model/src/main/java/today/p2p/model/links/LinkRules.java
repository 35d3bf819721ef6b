package today.p2p.model.links;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the operations on links and meshes of the testee protocol. Immutable; safe for use by several threads. */
public final class LinkRules {

    private final Map<String, Function<Given, ObjectNode>> operations;

    /** The rules as they are written, or with one deliberate defect. */
    public LinkRules(@Nullable Slip slip) {
        Slip.Slips slips = new Slip.Slips(slip);
        Greetings greetings = new Greetings(slips);
        Flow flow = new Flow(slips);
        Budgets budgets = new Budgets(slips);
        Meshes meshes = new Meshes(slips);
        Requests requests = new Requests(slips);
        operations = new TreeMap<>(Map.ofEntries(
                Map.entry("link.on", in -> new States(slips).answer(in)),
                Map.entry("handshake.check", greetings::check),
                Map.entry("link.renegotiate", greetings::renegotiate),
                Map.entry("link.resend", flow::resend),
                Map.entry("link.times", in -> new Times(slips).answer(in)),
                Map.entry("link.rate", flow::rate),
                Map.entry("link.queue", budgets::queue),
                Map.entry("link.unhandled", budgets::unhandled),
                Map.entry("link.admit", flow::admit),
                Map.entry("link.duplicate", flow::duplicate),
                Map.entry("dial.check", in -> new Dials(slips, in).answer()),
                Map.entry("peers.read", meshes::read),
                Map.entry("peers.list", meshes::list),
                Map.entry("peers.ask", meshes::ask),
                Map.entry("broadcast.arrive", meshes::arrive),
                Map.entry("broadcast.date", meshes::date),
                Map.entry("request.answer", requests::answer),
                Map.entry("response.use", requests::use)));
    }

    /** The operations that {@link #answer} knows. */
    public static List<String> ops() {
        return List.copyOf(new LinkRules(null).operations.keySet());
    }

    /**
     * The answer to one operation; empty for one that it does not know.
     *
     * @throws Refused when the answer is an error of the registry
     * @throws IllegalArgumentException when the request is not what the testee protocol says
     */
    public Optional<ObjectNode> answer(String op, JsonNode in) {
        return Optional.ofNullable(operations.get(op)).map(operation -> operation.apply(new Given(in)));
    }
}
