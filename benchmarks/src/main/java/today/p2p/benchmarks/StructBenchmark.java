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
import today.p2p.msgpack.Value;
import today.p2p.peers.Peer;
import today.p2p.peers.Struct;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.MessageWriter;

/** The {@link Struct} with our serializer, with its checksum and, for comparison with the others, without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class StructBenchmark {
    private static final int BARE_AT = 36;

    @Param({"yes", "no"})
    String checksum;

    private final Struct struct = Struct.sample();
    private final Value.ByteString sender = Value.of(struct.sender);
    private final byte[] target = new byte[Peer.BUFFER_BYTES];
    private final byte[] computed = new byte[32];
    private final MessageView view = new MessageView();
    private MessageWriter writer;
    private FrameDecoder decoder;
    private MessageDigest digest;
    private byte[] frame;

    @Setup
    public void make() throws NoSuchAlgorithmException {
        if (checksum.equals("no")) {
            NoChecksum.install();
        }
        writer = new MessageWriter(Limits.DEFAULT);
        decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        digest = MessageDigest.getInstance("SHA-256");
        frame = Arrays.copyOf(target, encode());
        if (!decode().sameAs(struct)) {
            throw new AssertionError("does not carry the struct");
        }
    }

    /** SHA-256 over as many bytes and a copy of them. */
    @Benchmark
    public int encodeFloor() throws DigestException {
        int length = frame.length - BARE_AT;
        System.arraycopy(frame, BARE_AT, target, BARE_AT, length);
        digest.update(frame, BARE_AT, length);
        digest.digest(target, 4, 32);
        return target[4];
    }

    /** From the fields to a raw frame in the caller's buffer. */
    @Benchmark
    public int encode() {
        return Ours.encode(writer, struct, sender, target);
    }

    /** SHA-256 over as many bytes and a comparison. */
    @Benchmark
    public boolean decodeFloor() throws DigestException {
        digest.update(frame, BARE_AT, frame.length - BARE_AT);
        digest.digest(computed, 0, 32);
        return Arrays.equals(computed, 0, 32, frame, 4, BARE_AT);
    }

    /** From a raw frame, verified and checked in full, to a new {@link Struct}. */
    @Benchmark
    public Struct decode() {
        if (decoder.view(frame, 0, frame.length, view).isPresent()) {
            throw new AssertionError("does not decode");
        }
        return Ours.decode(view.type(), view.sender(), view.time(), view.payload());
    }

    /** From a raw frame, verified and checked in full, to a message of values. */
    @Benchmark
    public Message values() {
        return ((Decoded.Complete) decoder.decode(frame, 0, frame.length))
                .frame()
                .message();
    }
}
