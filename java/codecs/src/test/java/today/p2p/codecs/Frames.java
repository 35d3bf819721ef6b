package today.p2p.codecs;

import today.p2p.msgpack.Bytes;

/** Frames around bytes that no encoder of ours would write. */
final class Frames {
    private Frames() {}

    /** A raw frame whose header and checksum are right, whatever the bare message is. */
    static Bytes around(Bytes bare) {
        byte[] plain = new byte[32 + bare.length()];
        bare.sha256().copyTo(plain, 0);
        bare.copyTo(plain, 32);
        return withHeader(plain);
    }

    /** A frame with this body. */
    static Bytes withHeader(byte[] body) {
        byte[] frame = new byte[4 + body.length];
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (body.length >>> 24 - 8 * i);
        }
        System.arraycopy(body, 0, frame, 4, body.length);
        return Bytes.of(frame);
    }
}
