package today.p2p.peers;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.msgpack.jackson.dataformat.MessagePackMapper;
import tools.jackson.databind.ObjectMapper;

/** Jackson with one of its formats; readers and writers made once, a reused output stream. */
abstract class JacksonPeer implements Peer {
    final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);

    @Override
    public byte[] encoded() {
        return out.toByteArray();
    }

    /** The formats of Jackson 3: JSON, CBOR, Smile. */
    static final class Three extends JacksonPeer {
        private final tools.jackson.databind.ObjectWriter writer;
        private final tools.jackson.databind.ObjectReader reader;

        Three(ObjectMapper mapper) {
            writer = mapper.writerFor(Struct.class);
            reader = mapper.readerFor(Struct.class);
        }

        @Override
        public int encode(Struct struct) {
            out.reset();
            writer.writeValue(out, struct);
            return out.size();
        }

        @Override
        public Struct decode(byte[] bytes) {
            return reader.readValue(bytes);
        }
    }

    /** msgpack exists for Jackson 2 only. */
    static final class Msgpack extends JacksonPeer {
        private final ObjectWriter writer = new MessagePackMapper().writerFor(Struct.class);
        private final ObjectReader reader = new MessagePackMapper().readerFor(Struct.class);

        @Override
        public int encode(Struct struct) throws IOException {
            out.reset();
            writer.writeValue(out, struct);
            return out.size();
        }

        @Override
        public Struct decode(byte[] bytes) throws IOException {
            return reader.readValue(bytes);
        }
    }
}
