package today.p2p.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Mutant.Defects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Valid frames with one seeded change each, for comparing implementations where no vector goes. */
public final class Mutation {

    /**
     * One frame to try.
     *
     * @param index its number under the seed; {@link #sample} makes it again
     * @param frame the bytes; not to be written to
     * @param codecs what the link has agreed
     * @param change what was done to a valid frame, in words
     * @param answer what the model says to {@code frame.decode}
     */
    public record Sample(int index, byte[] frame, List<Integer> codecs, String change, Answer answer) {}

    /** First bytes of items and lengths at which implementations have been seen to part. */
    private static final int[] TELLING = {
        0x00, 0x7f, 0x80, 0x81, 0x90, 0x91, 0x9f, 0xa0, 0xa1, 0xc0, 0xc1, 0xc2, 0xc4, 0xc6, 0xc7, 0xca, 0xcb, 0xcc,
        0xcf, 0xd0, 0xd3, 0xd4, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff
    };

    private static final long[] TELLING_LENGTHS = {0, 1, 31, 32, 33, 16_777_216, 16_777_217, 0x7fffffff, 0xffffffffL};
    private static final int DEEPEST_VALUE = 4;

    private final SplittableRandom random;
    private String change = "";

    private Mutation(SplittableRandom random) {
        this.random = random;
    }

    /** The first {@code count} samples of a seed. The same seed gives the same samples, on every machine. */
    public static Stream<Sample> samples(long seed, int count) {
        return IntStream.range(0, count).mapToObj(index -> sample(seed, index));
    }

    /** One sample of a seed, without those before it. */
    public static Sample sample(long seed, int index) {
        SplittableRandom start = new SplittableRandom(seed);
        return new Mutation(new SplittableRandom(start.nextLong() + index)).make(index);
    }

    private Sample make(int index) {
        Message message = message();
        Codec codec = random.nextInt(4) > 0 ? null : pick(Codec.values());
        List<Integer> listed = listed(codec);
        byte[] frame = change(message, codec);
        ObjectNode in = JsonNodeFactory.instance.objectNode().put("frame", new Bytes(frame).hex());
        listed.forEach(in.putArray("codecs")::add);
        return new Sample(index, frame, listed, change, Model.standard().answer("frame.decode", in));
    }

    private List<Integer> listed(@Nullable Codec used) {
        List<Integer> listed = new ArrayList<>();
        for (Codec codec : Codec.values()) {
            boolean forgotten = random.nextInt(20) == 0;
            if (codec == used ? !forgotten : random.nextInt(4) == 0) {
                listed.add(codec.code);
            }
        }
        return listed;
    }

    private byte[] change(Message message, @Nullable Codec codec) {
        byte[] bare = message.bare().array;
        if (codec != null) {
            byte[] body = new Codecs(Defects.NONE).compress(codec, plain(bare));
            return header(random.nextBoolean() ? unchanged(body) : bytes(body, "coded body"));
        }
        return switch (random.nextInt(8)) {
            case 0 -> unchanged(raw(bare));
            case 1 -> bytes(raw(bare), "frame");
            case 2 -> length(raw(bare));
            case 3 -> raw(nested(message));
            case 4 -> raw(field(message));
            default -> raw(bytes(bare, "message"));
        };
    }

    private byte[] unchanged(byte[] bytes) {
        change = "none";
        return bytes;
    }

    /** One change somewhere in some bytes. */
    private byte[] bytes(byte[] bytes, String where) {
        int at = random.nextInt(bytes.length);
        int count = 1 + random.nextInt(Math.min(8, bytes.length - at));
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        byte[] after = Arrays.copyOfRange(bytes, at + count, bytes.length);
        byte telling = (byte) TELLING[random.nextInt(TELLING.length)];
        int kind = random.nextInt(7);
        change = where + ": "
                + List.of(
                                "bit flipped",
                                "byte replaced",
                                "byte inserted",
                                "bytes removed",
                                "bytes repeated",
                                "cut",
                                "byte added")
                        .get(kind)
                + " at " + (kind == 6 ? bytes.length : at);
        return switch (kind) {
            case 0 -> Frames.concat(head, flipped(rest));
            case 1 ->
                Frames.concat(Frames.concat(head, new byte[] {telling}), Arrays.copyOfRange(rest, 1, rest.length));
            case 2 -> Frames.concat(Frames.concat(head, new byte[] {telling}), rest);
            case 3 -> Frames.concat(head, after);
            case 4 -> Frames.concat(Arrays.copyOf(bytes, at + count), rest);
            case 5 -> head;
            default -> Frames.concat(bytes, new byte[] {telling});
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[0] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] length(byte[] frame) {
        long claimed = random.nextBoolean()
                ? TELLING_LENGTHS[random.nextInt(TELLING_LENGTHS.length)]
                : frame.length - Limits.HEADER_BYTES + random.nextInt(-2, 3);
        change = "length " + claimed;
        byte[] changed = frame.clone();
        ByteBuffer.wrap(changed).putInt((int) claimed);
        return changed;
    }

    /** A type, sender or time that a message cannot have, and some that it can. */
    private byte[] field(Message message) {
        int field = random.nextInt(3);
        Value odd = List.of(
                        new Value.Nil(),
                        Value.Int.of(-1),
                        Value.Int.of(255),
                        Value.Int.of(256),
                        new Value.Int(Limits.MAX_TIME),
                        new Value.Int(Limits.MAX_TIME.add(BigInteger.ONE)),
                        Value.Float64.of(2),
                        new Value.Text("2"),
                        new Value.Array(List.of()))
                .get(random.nextInt(9));
        change = List.of("type", "sender", "time").get(field) + " " + Words.of(odd);
        List<Value> items = head(message);
        items.set(field, odd);
        items.addAll(message.payload());
        return written(new Value.Array(items));
    }

    private static List<Value> head(Message message) {
        return new ArrayList<>(List.of(Value.Int.of(message.type()), message.sender(), new Value.Int(message.time())));
    }

    private byte[] nested(Message message) {
        int levels = random.nextInt(61, 67);
        change = "a payload nested in " + levels + " arrays";
        byte[] bare = new byte[levels + 1];
        Arrays.fill(bare, (byte) 0x91);
        bare[levels] = (byte) 0xc0;
        byte[] head = written(new Value.Array(head(message)));
        head[0] = (byte) 0x94;
        return Frames.concat(head, bare);
    }

    private Message message() {
        List<Value> payload = new ArrayList<>();
        payload.add(Value.Int.of(random.nextInt(0, 20)));
        for (int i = random.nextInt(5); i > 0; i--) {
            payload.add(value(0));
        }
        Value sender = random.nextBoolean() ? new Value.Text("a".repeat(random.nextInt(70))) : binary(70);
        BigInteger time = BigInteger.valueOf(random.nextLong() >>> 1 + random.nextInt(62));
        int type = random.nextInt(3);
        List<Value> items = new ArrayList<>(List.of(Value.Int.of(type), sender, new Value.Int(time)));
        items.addAll(payload);
        return new Message(type, sender, time, payload, new Bytes(written(new Value.Array(items))));
    }

    private Value value(int depth) {
        int kind = random.nextInt(depth < DEEPEST_VALUE ? 9 : 7);
        return switch (kind) {
            case 0 -> new Value.Nil();
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Int(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)));
            case 3 -> Value.Float64.of(random.nextInt(3) == 0 ? random.nextInt(-3, 4) : random.nextDouble() * 1e6);
            case 4 -> new Value.Text(text());
            case 5 -> binary(300);
            case 6 -> new Value.Extension(random.nextInt(-128, 128), binary(20).value());
            case 7 ->
                new Value.Array(Stream.generate(() -> value(depth + 1))
                        .limit(random.nextInt(20))
                        .toList());
            default -> map(depth);
        };
    }

    private Value map(int depth) {
        List<Value.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Value key = random.nextInt(3) == 0 ? Value.Int.of(i) : new Value.Text("k" + i);
            entries.add(new Value.Entry(key, value(depth + 1)));
        }
        return new Value.Dictionary(entries);
    }

    private String text() {
        return List.of("", "x", "text ", "\u00e4\u6e2c", "\ud83e\udd8a")
                .get(random.nextInt(5))
                .repeat(random.nextInt(60));
    }

    private Value.Binary binary(int below) {
        byte[] bytes = new byte[random.nextInt(below)];
        random.nextBytes(bytes);
        return Value.Binary.of(bytes);
    }

    private <T> T pick(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static byte[] written(Value value) {
        Writer writer = new Writer(Defects.NONE);
        writer.write(value, 1);
        return writer.bytes();
    }

    private static byte[] plain(byte[] bare) {
        return Frames.concat(Bytes.digest("SHA-256", bare), bare);
    }

    /** The raw frame of a bare message, with the right length and checksum. */
    static byte[] raw(byte[] bare) {
        return header(plain(bare));
    }

    /** A body behind its right length. */
    static byte[] header(byte[] body) {
        return Frames.concat(
                ByteBuffer.allocate(Limits.HEADER_BYTES).putInt(body.length).array(), body);
    }
}
