package today.p2p.serializer;

import java.util.Optional;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Malformed;

/**
 * zlib or gzip for a peer that could be py2p or js2p (LNK-34, LNK-36): under it every frame but a handshake is coded,
 * stored where coding does not pay, and its length is a multiple of 8 bytes. Equal when the codec inside is the same.
 *
 * <p>A deflate stream may have any number of empty stored blocks, so its length is free without a change of the message.
 */
public final class EvenDeflate implements Codec {
    private static final int ZLIB = 0x13;
    private static final int GZIP = 0x11;
    private static final int UNIT = 8;

    /** Method deflate with a window of 32 KiB, the fastest level. */
    private static final byte[] ZLIB_HEADER = {0x78, 0x01};
    /** No time, no name, an unknown system. */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final int BLOCK_HEADER = EMPTY_BLOCK.length;
    private static final int LARGEST_BLOCK = 0xffff;

    private final Codec inside;
    private final byte[] header;

    private EvenDeflate(Codec inside) {
        this.inside = inside;
        header = inside.code() == ZLIB ? ZLIB_HEADER : GZIP_HEADER;
    }

    /** The codec under which frames have such lengths; empty unless {@code codec} is zlib or gzip. */
    public static Optional<Codec> of(Codec codec) {
        boolean isDeflate = codec.code() == ZLIB || codec.code() == GZIP;
        return isDeflate ? Optional.of(new EvenDeflate(codec)) : Optional.empty();
    }

    /** The codec whose streams these are. */
    Codec inside() {
        return inside;
    }

    /** A frame that holds {@code plain} as it is. */
    Bytes store(byte[] plain, int offset, int length) {
        int blocks = Math.max(1, (length + LARGEST_BLOCK - 1) / LARGEST_BLOCK);
        Trailer trailer = new Trailer(plain, offset, length);
        int body = header.length + blocks * BLOCK_HEADER + length + trailer.bytes;
        byte[] frame = begin(body);
        System.arraycopy(header, 0, frame, PackedMessage.HEADER, header.length);
        int at = frame.length - (body - header.length);
        for (int done = 0; blocks > 0; blocks--) {
            int block = Math.min(LARGEST_BLOCK, length - done);
            frame[at] = (byte) (blocks == 1 ? 1 : 0);
            putLittle(frame, at + 1, 2, block);
            putLittle(frame, at + 3, 2, ~block);
            System.arraycopy(plain, offset + done, frame, at + BLOCK_HEADER, block);
            at += BLOCK_HEADER + block;
            done += block;
        }
        trailer.put(frame, at);
        return Bytes.Shared.wrap(frame, 0, frame.length);
    }

    /** A frame that this codec has made, header included, with what its length lacks. */
    Bytes fill(Bytes coded) {
        byte[] made = coded.toArray();
        byte[] frame = begin(made.length - PackedMessage.HEADER);
        int from = PackedMessage.HEADER + header.length;
        System.arraycopy(made, PackedMessage.HEADER, frame, PackedMessage.HEADER, header.length);
        System.arraycopy(made, from, frame, frame.length - (made.length - from), made.length - from);
        return Bytes.Shared.wrap(frame, 0, frame.length);
    }

    /** A frame for so long a body and its empty blocks, with its length and these blocks in it. */
    private byte[] begin(int body) {
        // 5 is its own inverse modulo 8, so that as many blocks of 5 bytes lead to the next multiple.
        int lacking = -(PackedMessage.HEADER + body) & (UNIT - 1);
        int blocks = lacking * EMPTY_BLOCK.length & (UNIT - 1);
        byte[] frame = new byte[PackedMessage.HEADER + body + blocks * EMPTY_BLOCK.length];
        Header.put(frame, 0, frame.length - PackedMessage.HEADER);
        int at = PackedMessage.HEADER + header.length;
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(EMPTY_BLOCK, 0, frame, at + i * EMPTY_BLOCK.length, EMPTY_BLOCK.length);
        }
        return frame;
    }

    private static void putLittle(byte[] frame, int at, int bytes, int value) {
        for (int i = 0; i < bytes; i++) {
            frame[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** What stands behind the last block: Adler-32 of zlib; CRC-32 and length of gzip. */
    private final class Trailer {
        private final int check;
        private final int length;
        private final int bytes;

        Trailer(byte[] plain, int offset, int length) {
            Checksum sum = header == ZLIB_HEADER ? new Adler32() : new CRC32();
            sum.update(plain, offset, length);
            check = (int) sum.getValue();
            this.length = length;
            bytes = header == ZLIB_HEADER ? Integer.BYTES : 2 * Integer.BYTES;
        }

        void put(byte[] frame, int at) {
            if (header == ZLIB_HEADER) {
                Header.put(frame, at, check);
            } else {
                putLittle(frame, at, Integer.BYTES, check);
                putLittle(frame, at + Integer.BYTES, Integer.BYTES, length);
            }
        }
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public int code() {
        return inside.code();
    }

    @Override
    public boolean hasMagic() {
        return inside.hasMagic();
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return inside.begins(body, offset, length);
    }

    @Override
    public boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
        return inside.compress(plain, offset, length, out);
    }

    @Override
    public Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out) {
        return inside.decompress(body, offset, length, out);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvenDeflate even && even.inside.equals(inside);
    }

    @Override
    public int hashCode() {
        return inside.hashCode();
    }
}
