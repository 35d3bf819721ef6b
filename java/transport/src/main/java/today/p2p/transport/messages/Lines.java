package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of text, each a line of strict UTF-8. Lines end with LF; a CR before it is not part of the line. */
public final class Lines implements FrameCodec<String> {
    private final int maxBytes;

    private Lines(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * A codec.
     *
     * @param maxBytes of a line in UTF-8, a CR counted and the LF not; 0 to 1 GiB
     */
    public static Lines upTo(int maxBytes) {
        if (maxBytes < 0 || maxBytes > 1 << 30) {
            throw new IllegalArgumentException("maxBytes must be 0 to " + (1 << 30));
        }
        return new Lines(maxBytes);
    }

    @Override
    public Decoder<String> decoder() {
        return new LineDecoder();
    }

    @Override
    public List<ByteBuffer> encode(String line) {
        if (line.indexOf('\n') >= 0 || line.endsWith("\r")) {
            throw new IllegalArgumentException("a line has no line end in it");
        }
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(line));
        } catch (CharacterCodingException lonely) {
            throw new IllegalArgumentException("a line is text, without half characters", lonely);
        }
        if (bytes.remaining() > maxBytes) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes, at most " + maxBytes);
        }
        return List.of(bytes, ByteBuffer.wrap(new byte[] {'\n'}));
    }

    @Override
    public int maxFrameBytes() {
        return maxBytes + 1;
    }

    private final class LineDecoder implements Decoder<String> {
        // What was searched before is not searched again, however slowly a line comes.
        private int searched;

        @Override
        public @Nullable String next(ByteBuffer bytes) throws MalformedFrameException {
            int start = bytes.position();
            for (int at = start + searched; at < bytes.limit(); at++) {
                if (bytes.get(at) == '\n') {
                    searched = 0;
                    return line(bytes, start, at);
                }
                if (at - start >= maxBytes) {
                    throw new MalformedFrameException("a line above " + maxBytes + " bytes");
                }
            }
            searched = bytes.limit() - start;
            return null;
        }

        private String line(ByteBuffer bytes, int start, int end) throws MalformedFrameException {
            int last = end > start && bytes.get(end - 1) == '\r' ? end - 1 : end;
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(bytes.slice(start, last - start))
                        .toString();
            } catch (CharacterCodingException bad) {
                throw new MalformedFrameException("a line that is not UTF-8");
            } finally {
                bytes.position(end + 1);
            }
        }
    }
}
