package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.List;
import today.p2p.msgpack.Value;
import today.p2p.peers.Peer;
import today.p2p.peers.Peers;
import today.p2p.peers.Struct;
import today.p2p.serializer.Limits;
import today.p2p.serializer.MessageWriter;

/** What is measured of the serializer, and the ratios to reach. */
final class SerializerPlan {
    private static final String[] SIZES = {"64", "256", "1024", "16384"};

    private SerializerPlan() {}

    /** The goals for a JVM of this feature release; the cells are the same for all. */
    static List<Goal> goals(int release) {
        List<Goal> goals = new ArrayList<>();
        encode(goals);
        decode(goals);
        struct(goals, release);
        peers(goals);
        hostile(goals);
        compress(goals);
        return List.copyOf(goals);
    }

    /** The size of the struct as a bare message, in bytes. */
    static int structBytes() {
        Struct struct = Struct.sample();
        int frame = Ours.encode(
                new MessageWriter(Limits.DEFAULT), struct, Value.of(struct.sender), new byte[Peer.BUFFER_BYTES]);
        return frame - 36;
    }

    private static void encode(List<Goal> goals) {
        String group = "Encode a message of one binary item, as a multiple of the floor (SHA-256 and a copy)";
        double[] bounds = {1.08, 1.05, 1.03};
        for (int i = 0; i < bounds.length; i++) {
            Cell ours = Cell.of("EncodeBenchmark.ours", "size", SIZES[i]);
            Cell floor = Cell.of("EncodeBenchmark.floor", "size", SIZES[i]);
            goals.add(Goal.atMost(group, SIZES[i] + " bytes", ours, floor, bounds[i]));
        }
        Cell ours = Cell.of("EncodeBenchmark.ours", "size", SIZES[3]);
        Cell sha = Cell.of("EncodeBenchmark.sha", "size", SIZES[3]);
        goals.add(Goal.atMost(group, "16384 bytes, against SHA-256 alone", ours, sha, 1.05));
    }

    private static void decode(List<Goal> goals) {
        String group = "Decode it, as a multiple of the floor (SHA-256 and a comparison)";
        double[] objects = {1.10, Double.NaN, 1.06, 1.15};
        for (int i = 0; i < SIZES.length; i++) {
            Cell floor = Cell.of("DecodeBenchmark.floor", "size", SIZES[i]);
            goals.add(Goal.atMost(
                    group,
                    SIZES[i] + " bytes, to a view",
                    Cell.of("DecodeBenchmark.view", "size", SIZES[i]),
                    floor,
                    1.05));
            Cell built = Cell.of("DecodeBenchmark.objects", "size", SIZES[i]);
            String name = SIZES[i] + " bytes, to objects";
            goals.add(
                    Double.isNaN(objects[i])
                            ? Goal.shown(group, name, built, floor)
                            : Goal.atMost(group, name, built, floor, objects[i]));
        }
    }

    private static void struct(List<Goal> goals, int release) {
        String group = "The struct of 20 fields, as a multiple of the floor";
        double encode = release >= 25 ? 1.45 : 1.55;
        goals.add(Goal.atMost(
                group, "encode into the caller's buffer", ours("encode", "yes"), ours("encodeFloor", "yes"), encode));
        goals.add(Goal.atMost(group, "decode to a struct", ours("decode", "yes"), ours("decodeFloor", "yes"), 1.75));
        goals.add(Goal.shown(group, "decode to values", ours("values", "yes"), ours("decodeFloor", "yes")));
    }

    private static void peers(List<Goal> goals) {
        String encoding = "Encode the struct without checksum: how many times our time others take";
        String decoding = "Decode the struct without checksum: how many times our time others take";
        for (String peer : Peers.names()) {
            double bound = switch (peer) {
                case "jackson-msgpack" -> 3;
                case "jackson-cbor", "protobuf" -> 2;
                case "kryo" -> 1.8;
                default -> Double.NaN;
            };
            add(goals, encoding, peer, "encode", bound);
        }
        for (String peer : Peers.names()) {
            double bound = switch (peer) {
                case "jackson-msgpack" -> 2.3;
                case "protobuf" -> 1.8;
                case "kryo" -> 1.5;
                default -> Double.NaN;
            };
            add(goals, decoding, peer, "decode", bound);
        }
    }

    private static void add(List<Goal> goals, String group, String peer, String method, double bound) {
        Cell theirs = Cell.of("PeerBenchmark." + method, "name", peer);
        Cell ours = ours(method, "no");
        goals.add(
                Double.isNaN(bound)
                        ? Goal.shown(group, peer, theirs, ours)
                        : Goal.atLeast(group, peer, theirs, ours, bound));
    }

    private static void hostile(List<Goal> goals) {
        String group = "Check hostile input without checksum, as a share of 0.4 ns a byte";
        Cell nothing = Cell.of("HostileBenchmark.nothing", "kind", "binary");
        for (String kind : List.of("binary", "fixints", "integers", "text", "nested")) {
            Cell check = Cell.of("HostileBenchmark.check", "kind", kind);
            goals.add(Goal.addsAtMost(group, kind, check, nothing, 0.4 * HostileBenchmark.bytes(kind)));
        }
    }

    private static void compress(List<Goal> goals) {
        String random = "What the attempt to compress random data adds, as a share of 1.2 microseconds";
        String json = "Pack JSON of 16 KiB for a link with a codec, as a multiple of raw";
        for (String codec : List.of("lz4", "snappy", "zstd", "zlib", "gzip", "lzma", "bz2")) {
            for (String size : List.of("1024", "16384")) {
                goals.add(Goal.addsAtMost(
                        random,
                        codec + ", " + size + " bytes",
                        pack(codec, "random", size),
                        pack("none", "random", size),
                        1200));
            }
            goals.add(Goal.shown(json, codec, pack(codec, "json", "16384"), pack("none", "json", "16384")));
        }
    }

    private static Cell ours(String method, String checksum) {
        return Cell.of("StructBenchmark." + method, "checksum", checksum);
    }

    private static Cell pack(String codec, String data, String size) {
        return Cell.of("CompressBenchmark.pack", "codec", codec, "data", data, "size", size);
    }
}
