package today.p2p.testee;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import today.p2p.codecs.Codecs;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Frames, streams of frames, and single codecs (chapters 2 to 4). */
final class FrameOperations {
    private static final BigInteger LARGEST_TYPE = BigInteger.valueOf(255);

    private FrameOperations() {}

    static ObjectNode encode(Request in) {
        Codec codec = in.isAbsent("codec") ? null : codec((int) in.number("codec"));
        PackedMessage packed = PackedMessage.of(message(in), Limits.DEFAULT);
        return answer().put("frame", packed.frameFor(codec).hex())
                .put("id", packed.id().hex());
    }

    static ObjectNode decode(Request in) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, codecs(in.numbers("codecs")));
        Decoded decoded = decoder.decode(in.bytes("frame"));
        if (decoded instanceof Decoded.Complete complete) {
            return describe(complete.frame());
        }
        throw Refusal.of(((Decoded.Refused) decoded).malformed());
    }

    static ObjectNode feed(Request in) {
        OptionalInt limit = in.optionalNumber("limit");
        Limits limits = limit.isEmpty()
                ? Limits.DEFAULT
                : Limits.DEFAULT.toBuilder()
                        .maxFrame(limit.getAsInt())
                        .maxInflated(limit.getAsInt())
                        .build();
        FrameReader reader = new FrameReader(limits, codecs(in.numbers("codecs")));
        ObjectNode answer = answer();
        ArrayNode ids = answer.putArray("ids");
        int missing = 0;
        for (Bytes chunk : in.manyBytes("chunks")) {
            reader.feed(chunk.asByteBuffer());
            missing = take(reader, ids);
        }
        return answer.put("missing", missing);
    }

    static ObjectNode compress(Request in) {
        Codec codec = codec((int) in.number("codec"));
        byte[] plain = in.bytes("data").toArray();
        // Some containers grow what they cannot compress, by less than this.
        BoundedOutput out = new BoundedOutput(plain.length + plain.length / 4 + 1024);
        if (!codec.compress(plain, 0, plain.length, out)) {
            throw new Refusal(ErrorCode.LIMIT, Refusal.NOWHERE, "the stream outgrows its input");
        }
        return answer().put("data", out.toBytes().hex());
    }

    static ObjectNode decompress(Request in) {
        Codec codec = codec((int) in.number("codec"));
        byte[] body = in.bytes("data").toArray();
        int most = Math.max(0, in.optionalNumber("limit").orElse(Limits.DEFAULT.maxInflated()));
        BoundedOutput out = new BoundedOutput(Math.min(most, Limits.DEFAULT.inflatedFrom(body.length)));
        Optional<Malformed> refused = codec.decompress(body, 0, body.length, out);
        if (refused.isPresent()) {
            throw Refusal.of(refused.get());
        }
        return answer().put("data", out.toBytes().hex());
    }

    /** The codec with this number; the answer is CODEC when there is none (CMP-4). */
    private static Codec codec(int number) {
        return Codecs.find(number)
                .orElseThrow(() -> new Refusal(ErrorCode.CODEC, Refusal.NOWHERE, "codec " + number + " is not there"));
    }

    /** Those that we have: one that we lack cannot have been listed (CMP-4). */
    private static List<Codec> codecs(List<Integer> numbers) {
        List<Codec> codecs = new ArrayList<>();
        numbers.forEach(number -> Codecs.find(number).ifPresent(codecs::add));
        return codecs;
    }

    private static int take(FrameReader reader, ArrayNode ids) {
        while (true) {
            Decoded next = reader.next();
            if (next instanceof Decoded.Complete complete) {
                ids.add(complete.frame().id().hex());
            } else if (next instanceof Decoded.Refused refused) {
                throw Refusal.of(refused.malformed());
            } else {
                return ((Decoded.NeedMore) next).missing();
            }
        }
    }

    private static ObjectNode describe(Frame frame) {
        Message message = frame.message();
        ObjectNode answer = answer().put("type", message.type());
        answer.set("sender", Notation.write(message.sender()));
        answer.set("time", Notation.write(Value.of(message.time())));
        answer.set("payload", Notation.array(message.payload()));
        answer.put("id", frame.id().hex());
        return answer.put("codec", frame.codec().map(Codec::code).orElse(null));
    }

    /** The message of the request; its fields may be of any kind, so MPK-18 is checked here, in the order of MPK-19. */
    private static Message message(Request in) {
        BigInteger type = integer(in.value("type"), "type");
        if (type.signum() < 0 || type.compareTo(LARGEST_TYPE) > 0) {
            throw new Refusal(ErrorCode.OPCODE, Refusal.NOWHERE, "type " + type + " is not in 0..255");
        }
        Value.ByteString sender = in.byteString("sender");
        BigInteger time = integer(in.value("time"), "time");
        if (time.signum() < 0 || time.bitLength() >= Long.SIZE) {
            throw new Refusal(ErrorCode.RANGE, Refusal.NOWHERE, "time " + time + " is not in 0..2^63-1");
        }
        if (in.value("payload") instanceof Value.Array payload) {
            return new Message(type.intValue(), sender, time.longValue(), payload.items());
        }
        throw new IllegalArgumentException("payload is not a list");
    }

    private static BigInteger integer(Value value, String field) {
        if (value instanceof Value.Int integer) {
            return integer.bigValue();
        }
        throw new Refusal(ErrorCode.SHAPE, Refusal.NOWHERE, "the " + field + " is not an integer");
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }
}
