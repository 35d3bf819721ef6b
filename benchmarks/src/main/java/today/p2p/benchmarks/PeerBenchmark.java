package today.p2p.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import today.p2p.peers.Peer;
import today.p2p.peers.Peers;
import today.p2p.peers.Struct;

/** The {@link Struct} with another serializer; none of them makes a checksum. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class PeerBenchmark {
    @Param("msgpack-core")
    String name;

    private final Struct struct = Struct.sample();
    private Peer peer;
    private byte[] encoded;

    @Setup
    public void make() throws Exception {
        peer = Peers.named(name);
        peer.encode(struct);
        encoded = peer.encoded();
    }

    @Benchmark
    public int encode() throws Exception {
        return peer.encode(struct);
    }

    @Benchmark
    public Struct decode() throws Exception {
        return peer.decode(encoded);
    }
}
