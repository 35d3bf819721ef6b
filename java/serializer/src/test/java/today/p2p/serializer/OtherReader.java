package today.p2p.serializer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Reads small msgpack with the header calls of msgpack-core: a second opinion on what is well-formed. */
final class OtherReader {
    private final MessageUnpacker in;
    private final long size;

    private OtherReader(byte[] bytes) {
        in = MessagePack.newDefaultUnpacker(bytes);
        size = bytes.length;
    }

    /** The one item of which {@code bytes} consist, or nothing. */
    static Optional<Value> item(byte[] bytes) {
        OtherReader reader = new OtherReader(bytes);
        try {
            Value value = reader.next(1);
            return reader.in.getTotalReadBytes() == bytes.length ? Optional.of(value) : Optional.empty();
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private Value next(int level) throws IOException {
        MessageFormat format = in.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> nil();
            case BOOLEAN -> Value.of(in.unpackBoolean());
            case INTEGER -> Value.of(integer());
            case FLOAT -> Value.of(in.unpackDouble());
            case STRING -> Value.of(text(in.readPayload(fitting(in.unpackRawStringHeader()))));
            case BINARY -> Value.of(Bytes.of(in.readPayload(fitting(in.unpackBinaryHeader()))));
            case ARRAY -> array(fitting(in.unpackArrayHeader()), level);
            case MAP -> map(fitting(in.unpackMapHeader()), level);
            case EXTENSION -> ext();
        };
    }

    private Value nil() throws IOException {
        in.unpackNil();
        return Value.nil();
    }

    private BigInteger integer() throws IOException {
        return in.unpackBigInteger();
    }

    private Value array(int items, int level) throws IOException {
        List<Value> values = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            values.add(next(inner(level)));
        }
        return Value.of(values);
    }

    private Value map(int count, int level) throws IOException {
        List<Value.Entry> entries = new ArrayList<>();
        HashSet<Value> keys = new HashSet<>();
        for (int entry = 0; entry < count; entry++) {
            Value key = next(inner(level));
            entries.add(new Value.Entry(key, next(inner(level))));
            if (!keys.add(key)) {
                throw new IOException("a key twice");
            }
        }
        return Value.map(entries);
    }

    private Value ext() throws IOException {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        return Value.ext(header.getType(), Bytes.of(in.readPayload(fitting(header.getLength()))));
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** What is longer than all bytes is not there, and is not to be reserved. */
    private int fitting(int length) throws IOException {
        if (length < 0 || length > size) {
            throw new IOException("claims " + length);
        }
        return length;
    }

    private static int inner(int level) throws IOException {
        if (level > 64) {
            throw new IOException("too deep");
        }
        return level + 1;
    }
}
