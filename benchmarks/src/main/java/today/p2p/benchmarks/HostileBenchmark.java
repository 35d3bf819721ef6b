package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.PackedMessage;

/**
 * What it costs to check what a stranger made as large and as tiresome as the profile allows, without the checksum: 1 MiB, or as
 * many items as a message may have.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class HostileBenchmark {
    private static final int BYTES = 1 << 20;
    private static final int ITEMS = 262_000;

    @Param({"binary", "fixints", "integers", "text", "nested"})
    String kind;

    private final MessageView view = new MessageView();
    private FrameDecoder decoder;
    private byte[] frame;

    @Setup
    public void make() {
        NoChecksum.install();
        decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        frame = message(kind);
        if (check() != 2) {
            throw new AssertionError("does not decode");
        }
    }

    @Benchmark
    public int check() {
        return decoder.view(frame, 0, frame.length, view).isPresent() ? -1 : view.type();
    }

    /** What a measurement of nothing shows. */
    @Benchmark
    public int nothing() {
        return frame.length;
    }

    /** The size of what is checked. */
    static int bytes(String kind) {
        return message(kind).length - 36;
    }

    private static byte[] message(String kind) {
        Message message = new Message(2, Value.of("node"), 1_790_000_000L, List.of(Value.of(2), content(kind)));
        return PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
    }

    private static Value content(String kind) {
        Random random = new Random(11);
        return switch (kind) {
            case "binary" -> {
                byte[] bytes = new byte[BYTES];
                random.nextBytes(bytes);
                yield Value.of(Bytes.of(bytes));
            }
            case "fixints" -> Value.of(repeat(Value.of(1), ITEMS));
            case "integers" -> Value.of(repeat(Value.of(1L << 24), BYTES / 5));
            case "text" -> Value.of("ä漢a".repeat(BYTES / 6));
            case "nested" -> Value.of(repeat(Value.array(Value.array(Value.array())), ITEMS / 3));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Value> repeat(Value value, int times) {
        List<Value> values = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            values.add(value);
        }
        return values;
    }
}
