package today.p2p.codecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** msgpack-core as a second opinion, on bytes that are known to be harmless. */
final class MsgpackOracle {
    private MsgpackOracle() {}

    /** What the bare message of a message is. */
    static Value asArray(Message message) {
        List<Value> items = new ArrayList<>();
        items.add(Value.of(message.type()));
        items.add(message.sender());
        items.add(Value.of(message.time()));
        items.addAll(message.payload());
        return Value.of(items);
    }

    /**
     * The one value that the bytes are. Its own Value API is left alone: it wants a meaning in ext
     * of type -1.
     */
    static Value read(Bytes bytes) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes.toArray())) {
            Value value = read(unpacker);
            if (unpacker.hasNext()) {
                throw new AssertionError("bytes after " + unpacker.getTotalReadBytes());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value read(MessageUnpacker unpacker) throws IOException {
        return switch (unpacker.getNextFormat().getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield Value.nil();
            }
            case BOOLEAN -> Value.of(unpacker.unpackBoolean());
            case INTEGER -> Value.of(unpacker.unpackBigInteger());
            case FLOAT -> Value.of(unpacker.unpackDouble());
            case STRING -> Value.text(Bytes.of(unpacker.readPayload(unpacker.unpackRawStringHeader())));
            case BINARY -> Value.of(Bytes.of(unpacker.readPayload(unpacker.unpackBinaryHeader())));
            case ARRAY -> array(unpacker);
            case MAP -> map(unpacker);
            case EXTENSION -> ext(unpacker);
        };
    }

    private static Value array(MessageUnpacker unpacker) throws IOException {
        List<Value> items = new ArrayList<>();
        for (int i = unpacker.unpackArrayHeader(); i > 0; i--) {
            items.add(read(unpacker));
        }
        return Value.of(items);
    }

    private static Value map(MessageUnpacker unpacker) throws IOException {
        List<Value.Entry> entries = new ArrayList<>();
        for (int i = unpacker.unpackMapHeader(); i > 0; i--) {
            entries.add(new Value.Entry(read(unpacker), read(unpacker)));
        }
        return Value.map(entries);
    }

    private static Value ext(MessageUnpacker unpacker) throws IOException {
        ExtensionTypeHeader header = unpacker.unpackExtensionTypeHeader();
        return Value.ext(header.getType(), Bytes.of(unpacker.readPayload(header.getLength())));
    }

    static Bytes write(Value value) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            write(value, packer);
            return Bytes.of(packer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Value value, MessageBufferPacker packer) throws IOException {
        if (value instanceof Value.Nil) {
            packer.packNil();
        } else if (value instanceof Value.Bool bool) {
            packer.packBoolean(bool.value());
        } else if (value instanceof Value.Int number) {
            packer.packBigInteger(number.bigValue());
        } else if (value instanceof Value.Float number) {
            packer.packDouble(number.value());
        } else if (value instanceof Value.Text text) {
            packer.packRawStringHeader(text.bytes().length())
                    .writePayload(text.bytes().toArray());
        } else if (value instanceof Value.Binary binary) {
            packer.packBinaryHeader(binary.bytes().length())
                    .writePayload(binary.bytes().toArray());
        } else if (value instanceof Value.Ext ext) {
            packer.packExtensionTypeHeader((byte) ext.type(), ext.bytes().length())
                    .writePayload(ext.bytes().toArray());
        } else if (value instanceof Value.Array array) {
            packer.packArrayHeader(array.items().size());
            for (Value item : array.items()) {
                write(item, packer);
            }
        } else if (value instanceof Value.Map map) {
            packer.packMapHeader(map.size());
            for (Value.Entry entry : map.entries()) {
                write(entry.key(), packer);
                write(entry.value(), packer);
            }
        }
    }
}
