package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * Frames with a few bytes changed: refused or read, but nothing is ever thrown and no limit passed
 * (ERR-3). {@code -Dp2p.mutations=N} tries more, {@code -Dp2p.seed=N} others.
 */
class MutationTest {
    private static final long SEED = Long.getLong("p2p.seed", 20261121);
    private static final int MUTATIONS = Integer.getInteger("p2p.mutations", 100_000);

    private static final Limits LIMITS = Limits.DEFAULT.toBuilder()
            .maxFrame(4096)
            .maxInflated(8192)
            .ratioFree(1024)
            .maxRatio(8)
            .build();

    private final Random random = new Random(SEED);
    private final FrameDecoder decoder = new FrameDecoder(LIMITS, Codecs.available());

    @Test
    void aChangedFrameIsRefusedOrRead() {
        List<Bytes> frames = frames();
        Map<ErrorCode, Integer> refused = new EnumMap<>(ErrorCode.class);
        int read = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] frame = changed(frames.get(random.nextInt(frames.size())).toArray());
            Decoded decoded = decode(frame, round);
            if (decoded instanceof Decoded.Refused why) {
                refused.merge(why.malformed().code(), 1, Integer::sum);
                assertThat(why.malformed().offset()).isBetween(0, LIMITS.maxInflated());
            } else {
                assertWhole(((Decoded.Complete) decoded).frame(), round);
                read++;
            }
        }
        // The mutations reach every check there is; nothing here is a matter of luck.
        assertThat(refused)
                .as("seed %d", SEED)
                .containsKeys(
                        ErrorCode.LENGTH,
                        ErrorCode.SHORT,
                        ErrorCode.LIMIT,
                        ErrorCode.CODEC,
                        ErrorCode.CHECKSUM,
                        ErrorCode.BODY,
                        ErrorCode.TEXT,
                        ErrorCode.TRAILING,
                        ErrorCode.SHAPE,
                        ErrorCode.OPCODE,
                        ErrorCode.RANGE);
        assertThat(read).isPositive();
    }

    private Decoded decode(byte[] frame, int round) {
        try {
            return decoder.decode(frame, 0, frame.length);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            throw new AssertionError("seed " + SEED + ", round " + round + ": " + Bytes.of(frame), thrown);
        }
    }

    private static void assertWhole(Frame frame, int round) {
        assertThat(frame.bare().length()).isLessThanOrEqualTo(LIMITS.maxInflated() - 32);
        Message message = frame.message();
        assertThat(message.type()).as("seed %d, round %d", SEED, round).isBetween(0, 255);
        assertThat(message.time()).isNotNegative();
        assertThat(MsgpackOracle.read(frame.bare())).isEqualTo(MsgpackOracle.asArray(message));
    }

    /** Half of the changes keep the checksum right, so that they reach what comes after it. */
    private byte[] changed(byte[] frame) {
        if (random.nextBoolean() || frame.length < 37) {
            return changedBytes(frame);
        }
        byte[] bare = changedBytes(Arrays.copyOfRange(frame, 36, frame.length));
        return Frames.around(Bytes.of(bare)).toArray();
    }

    private byte[] changedBytes(byte[] bytes) {
        byte[] changed = bytes;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(Math.max(1, changed.length));
            switch (random.nextInt(5)) {
                case 0 -> changed = Arrays.copyOf(changed, at);
                case 1 -> changed = Arrays.copyOf(changed, changed.length + 1 + random.nextInt(5));
                case 2 -> set(changed, at, random.nextInt());
                case 3 -> set(changed, at, INTERESTING[random.nextInt(INTERESTING.length)]);
                default -> set(changed, at, 1 << random.nextInt(8) ^ (at < changed.length ? changed[at] : 0));
            }
        }
        return changed;
    }

    private static void set(byte[] bytes, int at, int value) {
        if (at < bytes.length) {
            bytes[at] = (byte) value;
        }
    }

    // The first bytes of the longest forms, and of what does not exist.
    private static final int[] INTERESTING = {
        0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xcb, 0xcf, 0xd3, 0xd4, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff, 0x7f, 0x80,
        0x90, 0xa1
    };

    private static List<Bytes> frames() {
        List<Bytes> frames = new ArrayList<>();
        Value.ByteString sender = Value.of("AHjeyWiYGSa3vWNHALu7yBEuK5LuA1UYzadFaeBcz9YcxHPGY473v8r6GRynLUHwyL");
        Value.Map map = Value.map(
                new Value.Entry(Value.of("a"), Value.of(1.5)),
                new Value.Entry(Value.of("b"), Value.array(Value.nil())));
        Value binary = Value.of(Bytes.of("binary".getBytes(StandardCharsets.UTF_8)));
        List<Value> payload =
                List.of(Value.of(2), Value.of("text \u20ac"), binary, map, Value.ext(5, Bytes.of((byte) 1)));
        Message small = new Message(2, sender, 1_500_000_000, payload);
        Message large = new Message(0, sender, 1_500_000_000, List.of(Value.of(0), Value.of("banana ".repeat(200))));
        for (Message message : List.of(small, large)) {
            frames.add(PackedMessage.of(message, LIMITS).frameFor(null));
            for (Codec codec : Codecs.available()) {
                frames.add(PackedMessage.of(message, LIMITS).frameFor(codec));
            }
        }
        return frames;
    }
}
