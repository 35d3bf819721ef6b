package today.p2p.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/** msgpack-core alone, in its fastest correct use: over the caller's array, the input reset and not made anew. */
final class MsgpackCorePeer implements Peer {
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final FixedOutput out = new FixedOutput(bytes);
    private final MessagePacker packer = new MessagePack.PackerConfig().newPacker(out);
    private final ArrayBufferInput in = new ArrayBufferInput(new byte[0]);
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(in);
    private int length;

    @Override
    public int encode(Struct s) throws IOException {
        packer.reset(out);
        out.written = 0;
        packer.packArrayHeader(24);
        packer.packInt(s.type).packString(s.sender).packLong(s.time).packInt(s.subFlag);
        packer.packLong(s.id).packInt(s.sequence).packBoolean(s.active);
        packer.packDouble(s.price).packDouble(s.ratio);
        packer.packString(s.name).packString(s.title).packString(s.comment);
        packer.packBinaryHeader(s.key.length).writePayload(s.key);
        packer.packBinaryHeader(s.signature.length).writePayload(s.signature);
        packer.packLong(s.created).packLong(s.expires);
        packer.packInt(s.small).packInt(s.negative).packLong(s.farNegative);
        packText(s.absent);
        packer.packBoolean(s.deleted);
        packContainers(s);
        packer.flush();
        length = out.written;
        return length;
    }

    private void packText(@Nullable String text) throws IOException {
        if (text == null) {
            packer.packNil();
        } else {
            packer.packString(text);
        }
    }

    private void packContainers(Struct s) throws IOException {
        packer.packArrayHeader(s.samples.size());
        for (long sample : s.samples) {
            packer.packLong(sample);
        }
        packer.packArrayHeader(s.tags.size());
        for (String tag : s.tags) {
            packer.packString(tag);
        }
        packer.packMapHeader(s.counters.size());
        for (Map.Entry<String, Long> counter : s.counters.entrySet()) {
            packer.packString(counter.getKey()).packLong(counter.getValue());
        }
    }

    @Override
    public byte[] encoded() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public Struct decode(byte[] source) throws IOException {
        in.reset(source);
        unpacker.reset(in);
        Struct s = new Struct();
        unpacker.unpackArrayHeader();
        s.type = unpacker.unpackInt();
        s.sender = unpacker.unpackString();
        s.time = unpacker.unpackLong();
        s.subFlag = unpacker.unpackInt();
        s.id = unpacker.unpackLong();
        s.sequence = unpacker.unpackInt();
        s.active = unpacker.unpackBoolean();
        s.price = unpacker.unpackDouble();
        s.ratio = unpacker.unpackDouble();
        s.name = unpacker.unpackString();
        s.title = unpacker.unpackString();
        s.comment = unpacker.unpackString();
        s.key = unpacker.readPayload(unpacker.unpackBinaryHeader());
        s.signature = unpacker.readPayload(unpacker.unpackBinaryHeader());
        s.created = unpacker.unpackLong();
        s.expires = unpacker.unpackLong();
        s.small = unpacker.unpackInt();
        s.negative = unpacker.unpackInt();
        s.farNegative = unpacker.unpackLong();
        s.absent = unpacker.tryUnpackNil() ? null : unpacker.unpackString();
        s.deleted = unpacker.unpackBoolean();
        unpackContainers(s);
        return s;
    }

    private void unpackContainers(Struct s) throws IOException {
        int count = unpacker.unpackArrayHeader();
        List<Long> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            samples.add(unpacker.unpackLong());
        }
        s.samples = samples;
        count = unpacker.unpackArrayHeader();
        List<String> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(unpacker.unpackString());
        }
        s.tags = tags;
        count = unpacker.unpackMapHeader();
        Map<String, Long> counters = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            counters.put(unpacker.unpackString(), unpacker.unpackLong());
        }
        s.counters = counters;
    }

    /** Hands the packer one and the same array. */
    private static final class FixedOutput implements MessageBufferOutput {
        private final MessageBuffer whole;
        private int written;

        FixedOutput(byte[] bytes) {
            whole = MessageBuffer.wrap(bytes);
        }

        @Override
        public MessageBuffer next(int minimumSize) {
            if (written + minimumSize > whole.size()) {
                throw new IllegalStateException("the struct is larger than the buffer");
            }
            return whole.slice(written, whole.size() - written);
        }

        @Override
        public void writeBuffer(int length) {
            written += length;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            whole.putBytes(written, buffer, offset, length);
            written += length;
        }

        @Override
        public void add(byte[] buffer, int offset, int length) {
            write(buffer, offset, length);
        }

        @Override
        public void flush() {
            // Everything is in the array already.
        }

        @Override
        public void close() {
            // The array stays.
        }
    }
}
