package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of bytes, each behind its length: an unsigned number of 1, 2 or 4 bytes, big-endian. */
public final class LengthPrefixed implements FrameCodec<byte[]> {
    private final int width;
    private final int maxBytes;

    private LengthPrefixed(int width, int maxBytes) {
        this.width = width;
        this.maxBytes = maxBytes;
    }

    /**
     * A codec.
     *
     * @param width of the length, in bytes: 1, 2 or 4
     * @param maxBytes of a message, the length not counted; 0 to what fits in the width, at most 1 GiB
     */
    public static LengthPrefixed of(int width, int maxBytes) {
        if (width != 1 && width != 2 && width != 4) {
            throw new IllegalArgumentException("a length has 1, 2 or 4 bytes, not " + width);
        }
        long most = width == 4 ? 1 << 30 : (1 << 8 * width) - 1;
        if (maxBytes < 0 || maxBytes > most) {
            throw new IllegalArgumentException("maxBytes must be 0 to " + most);
        }
        return new LengthPrefixed(width, maxBytes);
    }

    @Override
    public Decoder<byte[]> decoder() {
        return this::next;
    }

    @Override
    public List<ByteBuffer> encode(byte[] message) {
        if (message.length > maxBytes) {
            throw new IllegalArgumentException(message.length + " bytes, at most " + maxBytes);
        }
        byte[] header = new byte[width];
        for (int i = 0; i < width; i++) {
            header[i] = (byte) (message.length >>> 8 * (width - 1 - i));
        }
        return List.of(ByteBuffer.wrap(header), ByteBuffer.wrap(message));
    }

    @Override
    public int maxFrameBytes() {
        return width + maxBytes;
    }

    private byte @Nullable [] next(ByteBuffer bytes) throws MalformedFrameException {
        if (bytes.remaining() < width) {
            return null;
        }
        long length = 0;
        for (int i = 0; i < width; i++) {
            length = length << 8 | bytes.get(bytes.position() + i) & 0xff;
        }
        if (length > maxBytes) {
            throw new MalformedFrameException("a message of " + length + " bytes, at most " + maxBytes);
        }
        if (bytes.remaining() - width < length) {
            return null;
        }
        byte[] message = new byte[(int) length];
        bytes.position(bytes.position() + width).get(message);
        return message;
    }
}
