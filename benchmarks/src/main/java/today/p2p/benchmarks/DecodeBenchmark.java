package today.p2p.benchmarks;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.PackedMessage;

/** A raw frame of a message of one binary item, verified; to a view, and to objects. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class DecodeBenchmark {
    private static final int BARE_AT = 36;

    @Param({"64", "256", "1024", "16384"})
    int size;

    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
    private final MessageView view = new MessageView();
    private final byte[] computed = new byte[32];
    private MessageDigest digest;
    private byte[] frame;

    @Setup
    public void make() throws NoSuchAlgorithmException, DigestException {
        frame = PackedMessage.of(SizedMessage.of(size), Limits.DEFAULT)
                .frameFor(null)
                .toArray();
        digest = MessageDigest.getInstance("SHA-256");
        if (!floor() || view() != 2 || objects().type() != 2) {
            throw new AssertionError("does not decode");
        }
    }

    /** SHA-256 over the bare message and a comparison with the checksum. */
    @Benchmark
    public boolean floor() throws DigestException {
        digest.update(frame, BARE_AT, frame.length - BARE_AT);
        digest.digest(computed, 0, 32);
        return Arrays.equals(computed, 0, 32, frame, 4, BARE_AT);
    }

    /** Verified and checked in full; nothing is built. */
    @Benchmark
    public int view() {
        return decoder.view(frame, 0, frame.length, view).isPresent() ? -1 : view.type();
    }

    /** The message with all of its payload. */
    @Benchmark
    public Message objects() {
        return ((Decoded.Complete) decoder.decode(frame, 0, frame.length))
                .frame()
                .message();
    }
}
