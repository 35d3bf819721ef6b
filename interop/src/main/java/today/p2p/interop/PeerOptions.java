package today.p2p.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.ChordTable;
import today.p2p.MeshNetwork;
import today.p2p.NetworkBuilder;
import today.p2p.SyncTable;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.serializer.Codec;

/** The options of the command line: names with their values. Wrong ones end the program with a message. */
final class PeerOptions {
    private final Map<String, String> values = new HashMap<>();
    private final Map<Limit, Long> limits = new HashMap<>();
    private boolean leasing = true;

    private PeerOptions() {}

    static PeerOptions read(String[] args) {
        PeerOptions options = new PeerOptions();
        for (int index = 0; index < args.length; index += 2) {
            if (args[index].equals("--no-leasing")) {
                options.leasing = false;
                index--;
            } else if (args[index].equals("--limit")) {
                String[] pair = args[index + 1].split("=", 2);
                options.limits.put(limit(pair[0]), Long.valueOf(pair[1]));
            } else {
                options.values.put(args[index], args[index + 1]);
            }
        }
        return options;
    }

    boolean isSync() {
        return text("--kind", "mesh").equals("sync");
    }

    boolean isChord() {
        return text("--kind", "mesh").equals("chord");
    }

    /** The id of the network. */
    ProtocolId protocol() {
        String leases = leasing ? "1" : "0";
        return ProtocolId.of(isSync() ? subnet() + leases : subnet(), encryption());
    }

    MeshNetwork.Builder mesh() {
        return with(MeshNetwork.builder().subnet(subnet()));
    }

    SyncTable.Builder sync() {
        return with(SyncTable.builder().subnet(subnet()).leasing(leasing));
    }

    ChordTable.Builder chord() {
        return with(ChordTable.builder().subnet(subnet()));
    }

    private <B extends NetworkBuilder<B>> B with(B builder) {
        String listen = text("--listen", "127.0.0.1:0");
        int colon = listen.lastIndexOf(':');
        builder.listen(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)))
                .encryption(encryption())
                .dialect(Dialect.valueOf(text("--dialect", "UNIVERSAL")));
        limits.forEach(builder::limit);
        @Nullable String codecs = values.get("--codecs");
        return codecs == null ? builder : builder.codecs(codecs(codecs));
    }

    private String subnet() {
        return text("--subnet", text("--kind", "mesh"));
    }

    private Encryption encryption() {
        return text("--encryption", "Plaintext").equals("SSL") ? Encryption.SSL : Encryption.PLAINTEXT;
    }

    private String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    private static List<Codec> codecs(String numbers) {
        List<Codec> codecs = new ArrayList<>();
        for (String number : numbers.split(",")) {
            if (!number.isEmpty()) {
                codecs.add(Codecs.find(Long.parseLong(number)).orElseThrow());
            }
        }
        return codecs;
    }

    private static Limit limit(String name) {
        for (Limit limit : Limit.values()) {
            if (limit.registryName().equals(name)) {
                return limit;
            }
        }
        throw new IllegalArgumentException("no limit is called " + name);
    }
}
