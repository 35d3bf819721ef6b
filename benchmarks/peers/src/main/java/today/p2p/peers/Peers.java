package today.p2p.peers;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;
import tools.jackson.dataformat.smile.SmileMapper;

/** The other serializers of the comparison, by the name that benchmark parameters and the page use. */
public final class Peers {
    private static final Map<String, Supplier<Peer>> ALL = new TreeMap<>(Map.of(
            "avro", AvroPeer::new,
            "fory", ForyPeer::new,
            "jackson-cbor", () -> new JacksonPeer.Three(new CBORMapper()),
            "jackson-json", () -> new JacksonPeer.Three(new JsonMapper()),
            "jackson-msgpack", JacksonPeer.Msgpack::new,
            "jackson-smile", () -> new JacksonPeer.Three(new SmileMapper()),
            "kryo", KryoPeer::new,
            "msgpack-core", MsgpackCorePeer::new,
            "protobuf", ProtobufPeer::new,
            "sbe", SbePeer::new));

    private Peers() {}

    /** All names, in alphabetical order. */
    public static Iterable<String> names() {
        return ALL.keySet();
    }

    /** A new peer of this name. */
    public static Peer named(String name) {
        Supplier<Peer> peer = ALL.get(name);
        if (peer == null) {
            throw new IllegalArgumentException("no peer is called " + name + "; there are " + ALL.keySet());
        }
        return peer.get();
    }
}
