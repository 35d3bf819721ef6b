package today.p2p.codecs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;
import org.quicktheories.impl.Constraint;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/**
 * Messages of every shape that the profile allows, small ones more often; they shrink towards nil
 * and 0.
 */
final class RandomMessages {
    private static final int DEEPEST = 5;
    private static final long[] EDGES = {
        0,
        1,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        -1,
        -32,
        -33,
        -128,
        -129,
        -32_768,
        -32_769,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        Long.MIN_VALUE
    };
    private static final int[] LENGTHS = {0, 1, 15, 16, 31, 32, 255, 256, 300, 65_535, 65_536};

    private RandomMessages() {}

    static Gen<Message> messages() {
        return source -> new Message(
                (int) next(source, 0, 255), sender(source), next(source, 0, Long.MAX_VALUE), values(source, 6, 2));
    }

    private static Value.ByteString sender(RandomnessSource source) {
        return next(source, 0, 1) == 0 ? Value.of(text(source)) : Value.of(bytes(source));
    }

    private static List<Value> values(RandomnessSource source, int most, int depth) {
        List<Value> values = new ArrayList<>();
        for (long i = next(source, 0, most); i > 0; i--) {
            values.add(value(source, depth));
        }
        return values;
    }

    private static Value value(RandomnessSource source, int depth) {
        int kinds = depth < DEEPEST ? 9 : 7;
        return switch ((int) next(source, 0, kinds - 1)) {
            case 0 -> Value.nil();
            case 1 -> Value.of(next(source, 0, 1) == 1);
            case 2 -> integer(source);
            case 3 -> Value.of(Double.longBitsToDouble(next(source, Long.MIN_VALUE, Long.MAX_VALUE)));
            case 4 -> Value.of(text(source));
            case 5 -> Value.of(bytes(source));
            case 6 -> Value.ext((int) next(source, -128, 127), bytes(source));
            case 7 -> Value.of(values(source, 20, depth + 1));
            default -> map(source, depth + 1);
        };
    }

    private static Value.Int integer(RandomnessSource source) {
        return switch ((int) next(source, 0, 3)) {
            case 0 -> Value.of(EDGES[(int) next(source, 0, EDGES.length - 1)]);
            case 1 -> Value.of(next(source, Long.MIN_VALUE, Long.MAX_VALUE));
            case 2 -> Value.ofUnsigned(next(source, Long.MIN_VALUE, -1));
            default -> Value.of(BigInteger.valueOf(next(source, -200, 300)));
        };
    }

    /** Keys of any kind, each once. */
    private static Value.Map map(RandomnessSource source, int depth) {
        List<Value.Entry> entries = new ArrayList<>();
        List<Value> keys = new ArrayList<>();
        for (long i = next(source, 0, 18); i > 0; i--) {
            Value key = value(source, DEEPEST);
            if (!keys.contains(key)) {
                keys.add(key);
                entries.add(new Value.Entry(key, value(source, depth)));
            }
        }
        return Value.map(entries);
    }

    private static String text(RandomnessSource source) {
        String unit = switch ((int) next(source, 0, 3)) {
            case 0 -> "a";
            case 1 -> "\u00e9\u0000";
            case 2 -> "\u20ac\ud83d\ude00";
            default -> Long.toString(next(source, 0, 1_000_000), 36);
        };
        return unit.repeat(length(source) / unit.length());
    }

    private static Bytes bytes(RandomnessSource source) {
        byte[] bytes = new byte[length(source)];
        for (int i = 0; i < Math.min(bytes.length, 64); i++) {
            bytes[i] = (byte) next(source, 0, 255);
        }
        return Bytes.of(bytes);
    }

    private static int length(RandomnessSource source) {
        // The long ones are rare: they say little more than the short ones and cost much more.
        int last = next(source, 0, 60) == 60 ? LENGTHS.length - 1 : LENGTHS.length - 3;
        return LENGTHS[(int) next(source, 0, last)];
    }

    private static long next(RandomnessSource source, long least, long most) {
        return source.next(Constraint.between(least, most));
    }
}
