package today.p2p.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.reflect.ReflectDatumWriter;

/** Avro by reflection on the same class; encoder and decoder reused. */
final class AvroPeer implements Peer {
    private final ReflectData data = new ReflectData.AllowNull();
    private final Schema schema = data.getSchema(Struct.class);
    private final ReflectDatumWriter<Struct> writer = new ReflectDatumWriter<>(schema, data);
    private final ReflectDatumReader<Struct> reader = new ReflectDatumReader<>(schema, schema, data);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    @Override
    public int encode(Struct struct) throws IOException {
        out.reset();
        writer.write(struct, encoder);
        encoder.flush();
        return out.size();
    }

    @Override
    public byte[] encoded() {
        return out.toByteArray();
    }

    @Override
    public Struct decode(byte[] bytes) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, decoder));
    }
}
