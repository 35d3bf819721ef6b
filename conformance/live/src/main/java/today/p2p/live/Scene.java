package today.p2p.live;

import java.math.BigInteger;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of one performance: who the peers are, what has been given a name, what time it is. Fills in the templates of
 * a script.
 *
 * <pre>
 * {"$id":"A"}        the id of a peer as text; of the testee's node for "T"
 * {"$idbin":"A"}     the same as binary
 * {"$protocol":0}    the protocol id as binary
 * {"$protocoltext":0} the same as text
 * {"$protocolof":"x"} that of another subnet, as text; or of {@code ["x","SSL"]}, with an encryption
 * {"$now":-61}       the wall clock in seconds, and so much more
 * {"$port":"A"}      where a peer listens
 * {"$get":"name"}    what was bound to a name
 * {"$place":["sha1","key"]} the position of a key in a table, in base58
 * {"$idof":"name"}   the message id of a frame that was sent under a name, in hex
 * {"$reps":["ab",3]} a text, repeated
 * </pre>
 */
final class Scene {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double SECOND = 1e9;

    private final Clock clock = Clock.systemUTC();
    private final long began = now();
    private final Script script;
    private final Map<String, JsonNode> names = new HashMap<>();
    private final Map<String, Wire.Sent> frames = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final String own;
    private final String protocol;
    final int node;
    final String host;
    final int port;

    /** @param opened the answer to {@code node.open} */
    Scene(Script script, JsonNode opened) {
        this.script = script;
        this.node = opened.path("node").asInt(0);
        this.host = opened.path("host").asString("127.0.0.1");
        this.port = opened.path("port").asInt(0);
        this.own = Optional.ofNullable(Wire.text(opened.path("id"))).orElse("");
        this.protocol =
                Optional.ofNullable(Wire.text(opened.path("protocolId"))).orElse("");
    }

    /** The seconds of the wall clock. */
    long now() {
        return clock.instant().getEpochSecond();
    }

    /** The same when the script began. */
    long began() {
        return began;
    }

    /** How far the present second has come. */
    int millisecond() {
        return clock.instant().getNano() / 1_000_000;
    }

    /** Who stands behind a link: A2 is the second link of A. */
    static String identity(String link) {
        return link.replaceFirst("\\d+$", "");
    }

    /** The id of a peer, as text: {@code high} is the next one above the testee's, {@code low} the one below, a number so far. */
    String id(String peer) {
        if (peer.equals("T")) {
            return own;
        }
        JsonNode wished = script.peers().path(peer);
        String wish = wished.isIntegralNumber() ? "" : wished.asString("");
        long step = wish.equals("high") ? 1 : wish.equals("low") ? -1 : wished.asLong(0);
        if (step != 0) {
            BigInteger number = new BigInteger(Wire.number(JSON.stringNode(own)));
            return Wire.base58(number.add(BigInteger.valueOf(step)).toString());
        }
        if (!wish.isEmpty()) {
            return wish;
        }
        ObjectNode in = JSON.objectNode()
                .put("address", peer)
                .put("protocolId", script.id())
                .put("salt", "live");
        return Wire.ok("id.node", in).path("id").asString();
    }

    String protocol() {
        return protocol;
    }

    int portOf(String peer) {
        return ports.getOrDefault(peer, 0);
    }

    void listensAt(String peer, int at) {
        ports.put(peer, at);
    }

    void bind(@Nullable String name, JsonNode value) {
        if (name != null) {
            names.put(name, value);
        }
    }

    void sent(@Nullable String name, Wire.Sent frame) {
        if (name != null) {
            frames.put(name, frame);
        }
    }

    /** Gives this moment a name. */
    void mark(@Nullable String name) {
        bind(name, JSON.numberNode(System.nanoTime()));
    }

    double secondsSince(String mark) {
        return (System.nanoTime() - named(mark).asLong()) / SECOND;
    }

    /** Whether its links are encrypted. */
    boolean encrypted() {
        return !script.encryption().equals(Script.PLAIN);
    }

    Wire.Sent frame(String name) {
        Wire.Sent frame = frames.get(name);
        if (frame == null) {
            throw new IllegalArgumentException("no frame was sent as " + name);
        }
        return frame;
    }

    /** A copy with every template filled in. */
    JsonNode filled(JsonNode template) {
        if (template.isArray()) {
            ArrayNode items = JSON.arrayNode();
            template.forEach(item -> items.add(filled(item)));
            return items;
        }
        if (!template.isObject()) {
            return template;
        }
        JsonNode value = value(template);
        if (value != null) {
            return value;
        }
        ObjectNode fields = JSON.objectNode();
        template.properties().forEach(field -> fields.set(field.getKey(), filled(field.getValue())));
        return fields;
    }

    private @Nullable JsonNode value(JsonNode template) {
        if (template.size() != 1) {
            return null;
        }
        Map.Entry<String, JsonNode> only = template.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "$id" -> JSON.stringNode(id(argument.asString()));
            case "$idbin" -> Wire.binary(id(argument.asString()));
            case "$protocol" -> Wire.binary(protocol);
            case "$now" -> JSON.numberNode(now() + argument.asLong());
            case "$protocoltext" -> JSON.stringNode(protocol);
            case "$protocolof" ->
                argument.isArray()
                        ? protocolOf(argument.get(0).asString(), argument.get(1).asString())
                        : protocolOf(argument.asString(), Script.PLAIN);
            case "$place" ->
                Wire.ok(
                                "chord.positions",
                                JSON.objectNode().put("key", argument.get(1).asString()))
                        .path(argument.get(0).asString())
                        .path("base58");
            case "$port" -> JSON.numberNode(portOf(argument.asString()));
            case "$get" -> named(argument.asString());
            case "$idof" -> JSON.stringNode(frame(argument.asString()).id());
            case "$reps" ->
                JSON.stringNode(
                        argument.get(0).asString().repeat(argument.get(1).asInt(-1)));
            default -> null;
        };
    }

    private static JsonNode protocolOf(String subnet, String encryption) {
        ObjectNode in = JSON.objectNode().put("subnet", subnet).put("encryption", encryption);
        return Wire.ok("id.protocol", in).path("id");
    }

    /** What was bound to a name. */
    JsonNode named(String name) {
        JsonNode value = names.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is called " + name);
        }
        return value;
    }
}
