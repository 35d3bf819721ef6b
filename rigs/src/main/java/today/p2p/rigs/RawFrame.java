package today.p2p.rigs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Frames as the specification has them, made without our serializer: what attacks a node must not share its code. */
final class RawFrame {
    private final ByteArrayOutputStream bare = new ByteArrayOutputStream();

    RawFrame array(int items) {
        return byteOf(0x90 | items);
    }

    RawFrame integer(long value) {
        if (value >= 0 && value < 128) {
            return byteOf((int) value);
        }
        byteOf(0xd3);
        bare.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
        return this;
    }

    RawFrame text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byteOf(0xda).byteOf(bytes.length >> 8).byteOf(bytes.length & 0xff);
        bare.writeBytes(bytes);
        return this;
    }

    RawFrame binary(byte[] bytes) {
        byteOf(0xc6);
        bare.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        bare.writeBytes(bytes);
        return this;
    }

    RawFrame raw(byte[] bytes) {
        bare.writeBytes(bytes);
        return this;
    }

    private RawFrame byteOf(int value) {
        bare.write(value);
        return this;
    }

    /** Length, checksum and message. */
    byte[] frame() {
        return framed(body());
    }

    /** Checksum and message. */
    byte[] body() {
        byte[] message = bare.toByteArray();
        return ByteBuffer.allocate(32 + message.length)
                .put(sha256(message))
                .put(message)
                .array();
    }

    /** A frame of any body. */
    static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
