package today.p2p.peers;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableCollectionsSerializers;
import java.util.LinkedHashMap;

/** Kryo with registered classes, no references, and a fixed buffer. */
final class KryoPeer implements Peer {
    private final Kryo kryo = new Kryo();
    private final Output out = new Output(BUFFER_BYTES);
    private final Input in = new Input();

    KryoPeer() {
        kryo.setReferences(false);
        kryo.setRegistrationRequired(true);
        ImmutableCollectionsSerializers.registerSerializers(kryo);
        kryo.register(byte[].class);
        kryo.register(LinkedHashMap.class);
        kryo.register(Struct.class);
    }

    @Override
    public int encode(Struct struct) {
        out.reset();
        kryo.writeObject(out, struct);
        return out.position();
    }

    @Override
    public byte[] encoded() {
        return out.toBytes();
    }

    @Override
    public Struct decode(byte[] bytes) {
        in.setBuffer(bytes);
        return kryo.readObject(in, Struct.class);
    }
}
