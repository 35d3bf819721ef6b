package today.p2p.peers;

import java.util.LinkedHashMap;
import org.apache.fory.Fory;
import org.apache.fory.config.Language;
import org.apache.fory.memory.MemoryBuffer;

/** Fory for Java only, which compiles a serializer at run time; no references, registered classes. */
final class ForyPeer implements Peer {
    private final Fory fory = Fory.builder()
            .withLanguage(Language.JAVA)
            .withRefTracking(false)
            .requireClassRegistration(true)
            .withAsyncCompilation(false)
            .build();
    private final MemoryBuffer buffer = MemoryBuffer.newHeapBuffer(BUFFER_BYTES);

    ForyPeer() {
        fory.register(Struct.class);
        fory.register(LinkedHashMap.class);
    }

    @Override
    public int encode(Struct struct) {
        buffer.writerIndex(0);
        fory.serialize(buffer, struct);
        return buffer.writerIndex();
    }

    @Override
    public byte[] encoded() {
        return buffer.getBytes(0, buffer.writerIndex());
    }

    @Override
    public Struct decode(byte[] bytes) {
        return (Struct) fory.deserialize(bytes);
    }
}
