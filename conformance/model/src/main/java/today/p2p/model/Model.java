package today.p2p.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Frames.FrameStream;
import today.p2p.model.Message.Encoder;
import today.p2p.model.Mutant.Defects;
import today.p2p.model.Rules.Ring;
import today.p2p.model.links.LinkRules;
import today.p2p.model.links.Refused;
import today.p2p.model.links.Slip;
import today.p2p.model.rings.RingDefect;
import today.p2p.model.rings.RingRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the operations of the testee protocol, level 1, as the specification says. Immutable; safe for use by several
 * threads.
 */
public final class Model {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TABLE_OPS = List.of(
            "hello",
            "frame.encode",
            "frame.decode",
            "stream.feed",
            "base58.encode",
            "base58.decode",
            "id.protocol",
            "id.node",
            "codec.compress",
            "codec.decompress",
            "negotiate",
            "link.conflict",
            "broadcast.check",
            "lease.check",
            "sync.play",
            "chord.positions",
            "chord.distance",
            "chord.owner",
            "bye");
    private static final List<String> OPS = Stream.of(TABLE_OPS, LinkRules.ops(), RingRules.ops())
            .flatMap(List::stream)
            .toList();

    private final Defects defects;
    private final Frames frames;
    private final Codecs codecs;
    private final Base58 base58;
    private final Ids ids;
    private final Rules rules;
    private final Ring ring;
    private final LinkRules links;
    private final RingRules rings;

    private Model(Defects defects, @Nullable Slip slip, @Nullable RingDefect flaw) {
        this.defects = defects;
        this.links = new LinkRules(slip);
        this.rings = new RingRules(flaw, Values::plain, Values::size);
        this.frames = new Frames(defects);
        this.codecs = new Codecs(defects);
        this.base58 = new Base58(defects);
        this.ids = new Ids(defects, base58);
        this.rules = new Rules(defects);
        this.ring = new Ring(defects);
    }

    /** The protocol as it is written. */
    public static Model standard() {
        return new Model(Defects.NONE, null, null);
    }

    /** The protocol with one deliberate defect. */
    public static Model with(Mutant mutant) {
        return new Model(new Defects(mutant), null, null);
    }

    /** The protocol with one deliberate defect of links and meshes. */
    public static Model with(Slip slip) {
        return new Model(Defects.NONE, slip, null);
    }

    /** The protocol with one deliberate defect of Chord Tables. */
    public static Model with(RingDefect defect) {
        return new Model(Defects.NONE, null, defect);
    }

    /**
     * A deliberate defect of any chapter.
     *
     * @param clauses that it breaks; the cases of at least one of them must catch it
     */
    public record Defect(String name, String description, List<String> clauses, Model model) {

        /** All deliberate defects, each with the model that has it. */
        public static List<Defect> all() {
            Stream<Defect> mutants = Stream.of(Mutant.values())
                    .map(each -> new Defect(each.name(), each.description(), each.clauses(), with(each)));
            Stream<Defect> slips = Stream.of(Slip.values())
                    .map(each -> new Defect(each.name(), each.description(), each.clauses(), with(each)));
            Stream<Defect> rings = Stream.of(RingDefect.values())
                    .map(each -> new Defect(each.name(), each.description(), each.clauses(), with(each)));
            return Stream.of(mutants, slips, rings).flatMap(each -> each).toList();
        }
    }

    /** The operations that {@link #answer} knows. */
    public static List<String> ops() {
        return OPS;
    }

    /** The answer to one operation. Never throws on account of its input: a bad request is the code INTERNAL. */
    public Answer answer(String op, JsonNode in) {
        try {
            return new Answer.Ok(
                    links.answer(op, in).or(() -> rings.answer(op, in)).orElseGet(() -> ok(op, in)));
        } catch (Failure failure) {
            return failure.answer();
        } catch (Refused refused) {
            return new Answer.Err(refused.code(), -1, "", "", refused.clause(), String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException badRequest) {
            return Failure.request(String.valueOf(badRequest.getMessage())).answer();
        } catch (StackOverflowError | OutOfMemoryError e) {
            return Failure.of(ErrorCode.INTERNAL, "ERR-3", e.toString()).answer();
        }
    }

    private ObjectNode ok(String op, JsonNode in) {
        return switch (op) {
            case "hello" -> hello("p2p-model");
            case "frame.encode" -> encodeFrame(in);
            case "frame.decode" -> decodeFrame(in);
            case "stream.feed" -> feed(in);
            case "base58.encode" -> JSON.objectNode().put("text", base58.encode(Values.integer(field(in, "int"))));
            case "base58.decode" ->
                JSON.objectNode()
                        .put(
                                "int",
                                base58.decode(Values.text(field(in, "text"))).toString());
            case "id.protocol" ->
                JSON.objectNode()
                        .put(
                                "id",
                                ids.protocolId(Values.text(field(in, "subnet")), Values.text(field(in, "encryption"))));
            case "id.node" ->
                JSON.objectNode()
                        .put(
                                "id",
                                ids.nodeId(
                                        Values.name(field(in, "address")),
                                        Values.name(field(in, "protocolId")),
                                        Values.name(field(in, "salt"))));
            case "codec.compress" -> compress(in);
            case "codec.decompress" -> decompress(in);
            case "negotiate" -> negotiate(in);
            case "link.conflict" ->
                JSON.objectNode()
                        .put(
                                "close",
                                rules.closedLink(
                                        Values.name(field(in, "own")),
                                        Values.name(field(in, "peer")),
                                        flag(in, "newOutgoing")));
            case "broadcast.check" ->
                JSON.objectNode()
                        .put(
                                "accept",
                                rules.acceptsBroadcast(
                                        Values.integer(field(in, "time")),
                                        Values.integer(field(in, "now")),
                                        flag(in, "seen")));
            case "lease.check" -> lease(in);
            case "sync.play" -> rules.play(in);
            case "chord.positions" -> positions(in);
            case "chord.distance" ->
                JSON.objectNode()
                        .put(
                                "distance",
                                ring.distance(Values.integer(field(in, "from")), Values.integer(field(in, "to")))
                                        .toString());
            case "chord.owner" -> owner(in);
            case "bye" -> JSON.objectNode();
            default -> throw Failure.of(ErrorCode.NOOP, "ERR-1", "no operation " + op);
        };
    }

    /** What this model says of itself when asked {@code hello}. */
    public static ObjectNode hello(String name) {
        ObjectNode hello = JSON.objectNode();
        hello.put("name", name).put("version", "1").put("language", "java");
        OPS.forEach(hello.putArray("ops")::add);
        Arrays.stream(Codec.values()).forEach(codec -> hello.withArray("codecs").add(codec.code));
        hello.putArray("roles");
        List.of("UNIVERSAL", "BINARY", "TEXT").forEach(hello.putArray("dialects")::add);
        return hello;
    }

    private ObjectNode encodeFrame(JsonNode in) {
        Message message = Encoder.message(in, defects);
        JsonNode codec = in.path("codec");
        byte[] frame = frames.close(message, codec.isNumber() ? codec(codec) : null);
        return JSON.objectNode().put("frame", new Bytes(frame).hex()).put("id", message.id());
    }

    private ObjectNode decodeFrame(JsonNode in) {
        Frames.Plain plain = frames.open(Values.bytes(field(in, "frame")), numbers(in, "codecs"));
        Message message = Message.read(plain.bare(), defects, null);
        ObjectNode decoded = JSON.objectNode();
        decoded.put("type", message.type());
        decoded.set("sender", Values.write(message.sender()));
        decoded.set("time", Values.integer(message.time()));
        decoded.set("payload", Values.array(message.payload()));
        decoded.put("id", message.id());
        Codec codec = plain.codec();
        decoded.set("codec", codec == null ? JSON.nullNode() : JSON.numberNode(codec.code));
        return decoded;
    }

    private ObjectNode feed(JsonNode in) {
        JsonNode limit = in.path("limit");
        FrameStream stream = new FrameStream(
                defects, numbers(in, "codecs"), limit.isNumber() ? limit.longValue() : Limits.MAX_FRAME);
        field(in, "chunks").forEach(chunk -> stream.feed(Values.bytes(chunk)));
        ObjectNode fed = JSON.objectNode();
        stream.ids().forEach(fed.putArray("ids")::add);
        return fed.put("missing", stream.missing());
    }

    private ObjectNode compress(JsonNode in) {
        byte[] data = Values.bytes(field(in, "data"));
        if (defects.is(Mutant.LACKING_CODEC_IS_RAW) && isLacking(in)) {
            return data(data);
        }
        return data(codecs.compress(codec(field(in, "codec")), data));
    }

    private ObjectNode decompress(JsonNode in) {
        byte[] data = Values.bytes(field(in, "data"));
        if (defects.is(Mutant.LACKING_CODEC_IS_RAW) && isLacking(in)) {
            return data(data);
        }
        JsonNode limit = in.path("limit");
        return data(codecs.decompress(
                codec(field(in, "codec")), data, limit.isNumber() ? limit.longValue() : Limits.MAX_INFLATED));
    }

    private static ObjectNode data(byte[] data) {
        return JSON.objectNode().put("data", new Bytes(data).hex());
    }

    private static boolean isLacking(JsonNode in) {
        return Codec.of(in.path("codec").asInt(0)).isEmpty();
    }

    // CMP-4.
    private static Codec codec(JsonNode number) {
        Optional<Codec> codec = number.isInt() ? Codec.of(number.intValue()) : Optional.empty();
        return codec.orElseThrow(() -> Failure.of(ErrorCode.CODEC, "CMP-4", "there is no codec " + number));
    }

    private ObjectNode negotiate(JsonNode in) {
        List<Integer> shared = rules.shared(numbers(in, "own"), numbers(in, "peer"));
        ObjectNode negotiated = JSON.objectNode();
        shared.forEach(negotiated.putArray("shared")::add);
        return negotiated.put("codec", rules.sendersCodec(shared));
    }

    private ObjectNode lease(JsonNode in) {
        Rules.Change current = field(in, "current").isNull() ? null : change(in.get("current"));
        boolean allow = rules.allowsChange(
                Values.integer(field(in, "now")),
                flag(in, "leasing"),
                flag(in, "delta"),
                current,
                change(field(in, "change")));
        return JSON.objectNode().put("allow", allow);
    }

    private static Rules.Change change(JsonNode in) {
        return new Rules.Change(Values.name(field(in, "owner")), Values.integer(field(in, "time")));
    }

    private ObjectNode positions(JsonNode in) {
        ObjectNode positions = JSON.objectNode();
        ring.positions(Values.name(field(in, "key")))
                .forEach((hash, position) -> positions
                        .putObject(hash)
                        .put("int", position.toString())
                        .put("base58", base58.encode(position)));
        return positions;
    }

    private ObjectNode owner(JsonNode in) {
        List<BigInteger> candidates = new ArrayList<>();
        if (flag(in, "joined") || defects.is(Mutant.SELF_ALWAYS_JOINED)) {
            candidates.add(Values.integer(field(in, "self")));
        }
        field(in, "peers").forEach(peer -> candidates.add(Values.integer(peer)));
        boolean ahead = Values.text(field(in, "direction")).equals("ahead");
        @Nullable BigInteger node = ring.nearest(candidates, Values.integer(field(in, "key")), ahead);
        return JSON.objectNode().put("node", node == null ? null : node.toString());
    }

    // EXT-1: items that are no numbers are ignored.
    private static List<Integer> numbers(JsonNode in, String name) {
        List<Integer> numbers = new ArrayList<>();
        field(in, name).forEach(item -> {
            if (item.isInt()) {
                numbers.add(item.intValue());
            }
        });
        return numbers;
    }

    private static boolean flag(JsonNode in, String name) {
        return field(in, name).asBoolean();
    }

    private static JsonNode field(JsonNode in, String name) {
        JsonNode field = in.get(name);
        if (field == null) {
            throw Failure.request("\"" + name + "\" is missing");
        }
        return field;
    }
}
