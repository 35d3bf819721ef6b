package today.p2p.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The frames of plain Netty: a length of 4 bytes, a SHA-256 where it is wanted, the message. */
final class RawFrames {
    static final int HEADER = 4;
    static final int SHA = 32;
    private static final int MOST = 1 << 24;

    private RawFrames() {}

    /** Whole frames, with their headers. */
    static ChannelHandler decoder() {
        return new LengthFieldBasedFrameDecoder(MOST, 0, HEADER, 0, 0);
    }

    static @Nullable MessageDigest digest(Subject subject) {
        try {
            return subject.hashes() ? MessageDigest.getInstance("SHA-256") : null;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    static ByteBuf frame(ByteBufAllocator memory, byte[] message, @Nullable MessageDigest digest) {
        int body = message.length + (digest == null ? 0 : SHA);
        ByteBuf frame = memory.directBuffer(HEADER + body);
        frame.writeInt(body);
        if (digest != null) {
            frame.writeBytes(digest.digest(message));
        }
        return frame.writeBytes(message);
    }

    /** Binary that no codec makes smaller. */
    static ByteBuffer payload(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return ByteBuffer.wrap(random);
    }
}
