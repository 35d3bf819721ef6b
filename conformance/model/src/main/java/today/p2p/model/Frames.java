package today.p2p.model;

import static today.p2p.model.Failure.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/** Frames: the header, the candidates of the body, the checksum (chapters 2 and 4.2). */
final class Frames {

    /** A plain text that was accepted, and the codec it came by; null is raw. */
    record Plain(@Nullable Codec codec, byte[] bytes) {
        byte[] bare() {
            return Arrays.copyOfRange(bytes, Limits.CHECKSUM_BYTES, bytes.length);
        }
    }

    private final Defects defects;
    private final Codecs codecs;
    private final long maxFrame;
    private final long maxInflated;

    Frames(Defects defects) {
        this(defects, Limits.MAX_FRAME, Limits.MAX_INFLATED);
    }

    Frames(Defects defects, long maxFrame, long maxInflated) {
        this.defects = defects;
        this.codecs = new Codecs(defects);
        this.maxFrame = maxFrame;
        this.maxInflated = maxInflated;
    }

    /** Reads bytes that are expected to be exactly one frame. */
    Plain open(byte[] bytes, List<Integer> listed) {
        if (bytes.length < Limits.HEADER_BYTES) {
            throw frame(ErrorCode.LENGTH, "FRM-8", 0, "a header has 4 bytes, here are " + bytes.length);
        }
        long length = header(bytes, 0);
        long there = bytes.length - Limits.HEADER_BYTES;
        if (there < length || there > length && !defects.is(Mutant.EXTRA_BYTES_IGNORED)) {
            throw frame(
                    ErrorCode.LENGTH, "FRM-8", 0, "the header says " + length + " bytes of body, here are " + there);
        }
        return openBody(bytes, Limits.HEADER_BYTES, (int) length, listed);
    }

    /** The length in the header at {@code offset}, checked against the limits before anything else (FRM-5, FRM-6). */
    long header(byte[] bytes, int offset) {
        ByteOrder order = defects.is(Mutant.LENGTH_LITTLE_ENDIAN) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(order).getInt(offset));
        if (defects.is(Mutant.LENGTH_COUNTS_HEADER)) {
            length -= Limits.HEADER_BYTES;
        }
        long largest = defects.is(Mutant.FRAME_LIMIT_REFUSES_ITSELF) ? maxFrame - 1 : maxFrame;
        if (length > largest && !defects.is(Mutant.FRAME_LIMIT_AT_THE_END)) {
            throw frame(ErrorCode.LIMIT, "FRM-5", 0, "a body of " + length + " bytes is above " + largest);
        }
        if (length < Limits.CHECKSUM_BYTES && !(length >= 0 && defects.is(Mutant.SHORT_UNCHECKED))) {
            throw frame(ErrorCode.SHORT, "FRM-6", 0, "a body of " + length + " bytes has no room for a checksum");
        }
        return length;
    }

    /** Tries the candidates in their order; without an accepted one, the error is the first one's (CMP-7 to CMP-9). */
    Plain openBody(byte[] bytes, int offset, int length, List<Integer> listed) {
        byte[] body = Arrays.copyOfRange(bytes, offset, offset + length);
        Failure first = null;
        for (@Nullable Codec candidate : candidates(body, listed)) {
            try {
                Plain plain = new Plain(candidate, plain(candidate, body));
                checkChecksum(plain);
                return plain;
            } catch (Failure failure) {
                first = first == null ? failure : first;
            }
        }
        throw first == null ? frame(ErrorCode.CHECKSUM, "CMP-9", offset, "no way to read this body") : first;
    }

    private List<@Nullable Codec> candidates(byte[] body, List<Integer> listed) {
        List<@Nullable Codec> order = new ArrayList<>();
        List<Codec> ours = defects.is(Mutant.UNLISTED_CODEC_READ)
                ? List.of(Codec.values())
                : Arrays.stream(Codec.values())
                        .filter(codec -> listed.contains(codec.code))
                        .toList();
        if (defects.is(Mutant.SNAPPY_FIRST) && ours.contains(Codec.SNAPPY)) {
            return List.of(Codec.SNAPPY);
        }
        ours.stream().filter(codec -> codec.beginsLike(body)).forEach(order::add);
        boolean rawToo = !(defects.is(Mutant.RAW_REFUSED) && !ours.isEmpty())
                && !(defects.is(Mutant.MAGIC_DECIDES) && !order.isEmpty());
        if (rawToo) {
            order.add(null);
        }
        if (ours.contains(Codec.SNAPPY)) {
            order.add(Codec.SNAPPY);
        }
        return defects.is(Mutant.FIRST_SUCCESS) && !ours.isEmpty() ? firstThatInflates(body, ours) : order;
    }

    private List<@Nullable Codec> firstThatInflates(byte[] body, List<Codec> ours) {
        List<@Nullable Codec> order = new ArrayList<>();
        for (Codec codec : ours) {
            try {
                codecs.decompress(codec, body, maxInflated);
                return List.of(codec);
            } catch (Failure failure) {
                continue;
            }
        }
        order.add(null);
        return order;
    }

    private byte[] plain(@Nullable Codec candidate, byte[] body) {
        return candidate == null ? body : codecs.decompress(candidate, body, maxInflated);
    }

    // CMP-8: room for a checksum, and the checksum holds.
    private void checkChecksum(Plain plain) {
        byte[] bytes = plain.bytes();
        if (bytes.length < Limits.CHECKSUM_BYTES) {
            throw Failure.plain(ErrorCode.SHORT, "CMP-8", 0, "a plain text of " + bytes.length + " bytes");
        }
        byte[] claimed = Arrays.copyOf(bytes, Limits.CHECKSUM_BYTES);
        if (!Arrays.equals(claimed, checksum(plain.bare())) && !defects.is(Mutant.CHECKSUM_IGNORED)) {
            throw Failure.plain(ErrorCode.CHECKSUM, "FRM-7", 0, "the checksum is not the SHA-256 of the bare message");
        }
    }

    private byte[] checksum(byte[] bare) {
        if (defects.is(Mutant.CHECKSUM_OVER_FRAME)) {
            return Bytes.digest("SHA-256", header(bare.length + Limits.CHECKSUM_BYTES), bare);
        }
        return Bytes.digest("SHA-256", bare);
    }

    /** Makes the frame of a bare message, by {@code codec} when that pays (CMP-11 to CMP-14, FRM-9). */
    byte[] close(Message message, @Nullable Codec codec) {
        byte[] bare = message.bare().array;
        byte[] plain = concat(checksum(bare), bare);
        if (plain.length > maxInflated && !defects.is(Mutant.BIG_FRAME_SENT)) {
            throw Failure.of(ErrorCode.LIMIT, "FRM-9", "a plain text of " + plain.length + " bytes is too long");
        }
        boolean handshake = message.isHandshake() && !defects.is(Mutant.HANDSHAKE_COMPRESSED);
        byte[] body = codec == null || handshake ? plain : coded(plain, codec);
        if (body.length > maxFrame && !defects.is(Mutant.BIG_FRAME_SENT)) {
            throw Failure.of(ErrorCode.LIMIT, "FRM-9", "a frame of " + body.length + " bytes is too long");
        }
        return concat(header(body.length), body);
    }

    private byte[] coded(byte[] plain, Codec codec) {
        boolean always = defects.is(Mutant.ALWAYS_COMPRESSED) || defects.is(Mutant.HANDSHAKE_COMPRESSED);
        if (plain.length < Limits.COMPRESS_FROM && !always && !defects.is(Mutant.SHORT_COMPRESSED)) {
            return plain;
        }
        byte[] coded = codecs.compress(codec, plain);
        int saved = plain.length - coded.length;
        boolean pays = defects.is(Mutant.LITTLE_SAVED) ? saved > 0 : saved * Limits.COMPRESS_SAVES >= plain.length;
        boolean ratioHolds = plain.length <= Limits.RATIO_FREE || plain.length <= Limits.MAX_RATIO * coded.length;
        return always || pays && ratioHolds ? coded : plain;
    }

    private byte[] header(int length) {
        int written = defects.is(Mutant.LENGTH_COUNTS_HEADER) ? length + Limits.HEADER_BYTES : length;
        ByteOrder order = defects.is(Mutant.LENGTH_LITTLE_ENDIAN) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return ByteBuffer.allocate(Limits.HEADER_BYTES)
                .order(order)
                .putInt(written)
                .array();
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** A stream of frames in any cuts (chapter 2.3). */
    static final class FrameStream {

        private final Frames frames;
        private final Defects defects;
        private final List<Integer> listed;
        private final List<String> ids = new ArrayList<>();
        private byte[] kept = new byte[0];

        FrameStream(Defects defects, List<Integer> listed, long limit) {
            this.frames = new Frames(defects, limit, limit);
            this.defects = defects;
            this.listed = listed;
        }

        List<String> ids() {
            return ids;
        }

        /** Takes one chunk; a malformed frame in it is a {@link Failure}, and the stream is over (FRM-14). */
        void feed(byte[] chunk) {
            kept = kept.length == 0 ? chunk : Frames.concat(kept, chunk);
            int position = 0;
            while (needs(position) == 0) {
                int length = (int) frames.header(kept, position);
                Frames.Plain plain = frames.openBody(kept, position + Limits.HEADER_BYTES, length, listed);
                ids.add(Message.read(plain.bare(), defects, null).id());
                position += Limits.HEADER_BYTES + length;
                if (defects.is(Mutant.GLUED_HEADER_LOST) && kept.length - position == Limits.HEADER_BYTES) {
                    position = kept.length;
                }
                if (defects.is(Mutant.ONE_FRAME_A_CHUNK)) {
                    break;
                }
            }
            kept = Arrays.copyOfRange(kept, position, kept.length);
        }

        /** How many bytes the frame that has begun still needs; 0 when none has begun (STR-3). */
        long missing() {
            boolean inHeader = kept.length < Limits.HEADER_BYTES && defects.is(Mutant.MISSING_IGNORES_HEADER);
            return kept.length == 0 || inHeader ? 0 : needs(0);
        }

        private long needs(int position) {
            int left = kept.length - position;
            if (left < Limits.HEADER_BYTES) {
                return Limits.HEADER_BYTES - left;
            }
            return Math.max(0, Limits.HEADER_BYTES + frames.header(kept, position) - left);
        }
    }
}
