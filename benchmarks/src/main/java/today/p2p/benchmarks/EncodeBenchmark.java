package today.p2p.benchmarks;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageWriter;
import today.p2p.serializer.PackedMessage;

/** A message of one binary item, to a raw frame in the caller's buffer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class EncodeBenchmark {
    private static final int BARE_AT = 36;

    @Param({"64", "256", "1024", "16384"})
    int size;

    private final MessageWriter writer = new MessageWriter(Limits.DEFAULT);
    private final byte[] target = new byte[65_536];
    private MessageDigest digest;
    private byte[] bare;
    private Value.ByteString sender;
    private byte[] content;

    @Setup
    public void make() throws NoSuchAlgorithmException {
        Message message = SizedMessage.of(size);
        bare = PackedMessage.of(message, Limits.DEFAULT).bare().toArray();
        sender = message.sender();
        Bytes bytes = ((Value.Binary) message.payload().get(1)).bytes();
        content = bytes.toArray();
        digest = MessageDigest.getInstance("SHA-256");
    }

    /** SHA-256 over the bare message and a copy of it to its place. */
    @Benchmark
    public int floor() throws DigestException {
        System.arraycopy(bare, 0, target, BARE_AT, bare.length);
        digest.update(bare, 0, bare.length);
        digest.digest(target, 4, 32);
        return target[4];
    }

    /** SHA-256 alone. */
    @Benchmark
    public int sha() throws DigestException {
        digest.update(bare, 0, bare.length);
        digest.digest(target, 4, 32);
        return target[4];
    }

    @Benchmark
    public int ours() {
        writer.begin(target, 0, 2, sender, 1_790_000_000L, 2);
        writer.writeLong(2);
        writer.writeBinary(content, 0, content.length);
        return writer.end();
    }
}
