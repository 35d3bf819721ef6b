package today.p2p.network;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the message out of a frame of plain Netty, and holds it against its SHA-256, if it has one. */
final class Verifier {
    private final @Nullable MessageDigest digest;
    private byte[] body = {};

    Verifier(Subject subject) {
        digest = RawFrames.digest(subject);
    }

    /** The offset of the message in {@link #body}. */
    int read(ByteBuf frame) {
        int length = frame.readableBytes() - RawFrames.HEADER;
        if (body.length < length) {
            body = new byte[length];
        }
        frame.getBytes(frame.readerIndex() + RawFrames.HEADER, body, 0, length);
        if (digest == null) {
            return 0;
        }
        digest.update(body, RawFrames.SHA, length - RawFrames.SHA);
        if (!Arrays.equals(digest.digest(), 0, RawFrames.SHA, body, 0, RawFrames.SHA)) {
            throw new IllegalStateException("a wrong checksum");
        }
        return RawFrames.SHA;
    }

    /** What was read last; valid until the next one. */
    byte[] body() {
        return body;
    }
}
