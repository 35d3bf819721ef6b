package today.p2p.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import today.p2p.codecs.Codecs;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageWriter;
import today.p2p.serializer.PackedMessage;

/** A message packed and framed for a link with a codec: opportunistic compression, on data that does not compress and that does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class CompressBenchmark {
    @Param("none")
    String codec;

    @Param({"random", "json"})
    String data;

    @Param({"1024", "16384"})
    int size;

    private final MessageWriter writer = new MessageWriter(Limits.DEFAULT);
    private Message message;
    private @Nullable Codec chosen;

    @Setup
    public void make() {
        message = new Message(2, Value.of("node"), 1_790_000_000L, List.of(Value.of(2), Value.of(Bytes.of(content()))));
        Optional<Codec> named = Codecs.available().stream()
                .filter(candidate -> candidate.name().equals(codec))
                .findFirst();
        if (named.isEmpty() && !codec.equals("none")) {
            throw new IllegalArgumentException("no codec is called " + codec);
        }
        chosen = named.orElse(null);
    }

    /** Packed anew each time, since a packed message compresses once for all links. */
    @Benchmark
    public int pack() {
        PackedMessage packed = writer.pack(message);
        return packed.frameFor(chosen).length();
    }

    private byte[] content() {
        Random random = new Random(13);
        byte[] bytes = new byte[size];
        if (data.equals("random")) {
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder json = new StringBuilder();
        while (json.length() < size) {
            json.append("{\"id\":").append(random.nextInt(100_000)).append(",\"name\":\"node-");
            json.append(random.nextInt(1000))
                    .append("\",\"joined\":true,\"load\":")
                    .append(random.nextFloat());
            json.append("},\n");
        }
        return json.substring(0, size).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
