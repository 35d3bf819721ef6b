package today.p2p.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/**
 * Names the bytes of a frame, also of a malformed one, as far as they can be named. For reports and for people.
 *
 * @param sections the frame itself, and after a codec the plain text that it holds
 * @param codec the name of the codec of the body, empty when it is raw
 * @param error why the frame is refused, if it is
 */
public record Dissection(List<Section> sections, String codec, Optional<Answer.Err> error) {

    /** More ranges than anybody reads; the rest of the bytes is one range. */
    private static final int MAX_RANGES = 5000;

    public Dissection {
        sections = List.copyOf(sections);
    }

    /**
     * Bytes with names.
     *
     * @param title {@code frame} or {@code plain text}
     * @param bytes shared with the caller; not to be written to
     * @param ranges in the order of the bytes, without overlap
     * @param errorOffset the byte of these at which the frame is refused, or -1
     */
    public record Section(String title, byte[] bytes, List<Range> ranges, long errorOffset) {
        public Section {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Some bytes and what they are.
     *
     * @param start of the first byte
     * @param end after the last byte
     * @param depth 0 for the parts of the frame, from 1 on the nesting of msgpack items
     * @param name such as {@code length}, {@code checksum} or {@code fixstr}
     * @param path of a msgpack item, such as {@code $.payload[0]}; otherwise empty
     * @param value in words
     */
    public record Range(int start, int end, int depth, String name, String path, String value) {}

    /** Names the bytes of one frame, on a link that has listed these codecs. */
    public static Dissection of(byte[] frame, List<Integer> codecs) {
        List<Range> ranges = new ArrayList<>();
        header(frame, ranges);
        try {
            Frames.Plain plain = new Frames(Defects.NONE).open(frame, codecs);
            Codec codec = plain.codec();
            if (codec == null) {
                Optional<Failure> failure = plain(frame, Limits.HEADER_BYTES, plain, ranges);
                return new Dissection(List.of(section("frame", frame, ranges, failure, 0)), "", answer(failure));
            }
            String words = codec.label() + ", " + plain.bytes().length + " bytes of plain text";
            ranges.add(new Range(Limits.HEADER_BYTES, frame.length, 0, "body", "", words));
            List<Range> inside = new ArrayList<>();
            Optional<Failure> failure = plain(plain.bytes(), 0, plain, inside);
            Section outer = section("frame", frame, ranges, Optional.empty(), 0);
            Section inner = section("plain text", plain.bytes(), inside, failure, -Limits.HEADER_BYTES);
            return new Dissection(List.of(outer, inner), codec.label(), answer(failure));
        } catch (Failure failure) {
            return refused(frame, ranges, failure);
        }
    }

    private static void header(byte[] frame, List<Range> ranges) {
        int end = Math.min(Limits.HEADER_BYTES, frame.length);
        boolean whole = end == Limits.HEADER_BYTES;
        String value = whole
                ? String.valueOf(Integer.toUnsignedLong(ByteBuffer.wrap(frame).getInt()))
                : "cut off";
        if (end > 0) {
            ranges.add(new Range(0, end, 0, "length", "", value));
        }
    }

    // No candidate was accepted: what is there is shown as if it were raw, since that is the likeliest.
    private static Dissection refused(byte[] frame, List<Range> ranges, Failure failure) {
        if (frame.length > Limits.HEADER_BYTES) {
            byte[] body = Arrays.copyOfRange(frame, Limits.HEADER_BYTES, frame.length);
            boolean compressed = failure.code == ErrorCode.CODEC || failure.code == ErrorCode.BOMB;
            if (compressed || body.length < Limits.CHECKSUM_BYTES) {
                ranges.add(new Range(Limits.HEADER_BYTES, frame.length, 0, "body", "", failure.code.name()));
            } else {
                plain(frame, Limits.HEADER_BYTES, new Frames.Plain(null, body), ranges);
            }
        }
        Section section = section("frame", frame, ranges, Optional.of(failure), 0);
        return new Dissection(List.of(section), "", Optional.of(failure.answer()));
    }

    /** Names checksum and items of a plain text that begins at {@code offset}; the failure in its message, if any. */
    private static Optional<Failure> plain(byte[] bytes, int offset, Frames.Plain plain, List<Range> ranges) {
        byte[] bare = plain.bare();
        int start = offset + Limits.CHECKSUM_BYTES;
        boolean holds =
                Arrays.equals(Arrays.copyOf(plain.bytes(), Limits.CHECKSUM_BYTES), Bytes.digest("SHA-256", bare));
        String words = holds ? "SHA-256 of the bare message: the message id" : "not the SHA-256 of the bare message";
        ranges.add(new Range(offset, start, 0, "checksum", "", words));
        Optional<Failure> failure = Optional.empty();
        try {
            Message.read(bare, Defects.NONE, (from, to, depth, path, name, value) -> {
                if (ranges.size() < MAX_RANGES) {
                    ranges.add(new Range(start + from, start + to, depth, name, path, value));
                }
            });
        } catch (Failure found) {
            failure = Optional.of(found);
        }
        int named = ranges.get(ranges.size() - 1).end();
        if (named < bytes.length) {
            int rest = bytes.length - named;
            ranges.add(new Range(named, bytes.length, 0, "rest", "", rest + (rest == 1 ? " byte" : " bytes")));
        }
        return failure;
    }

    /** A section; {@code shift} leads from offsets in a frame to offsets in these bytes. */
    private static Section section(
            String title, byte[] bytes, List<Range> ranges, Optional<Failure> failure, int shift) {
        long offset = failure.map(found -> switch (found.space) {
                    case NONE -> -1L;
                    case FRAME -> found.offset;
                    case PLAIN -> found.offset + Limits.HEADER_BYTES + shift;
                    case MESSAGE -> found.offset + Limits.HEADER_BYTES + Limits.CHECKSUM_BYTES + shift;
                })
                .orElse(-1L);
        return new Section(title, bytes, ranges, Math.min(offset, bytes.length));
    }

    private static Optional<Answer.Err> answer(Optional<Failure> failure) {
        return failure.map(Failure::answer);
    }
}
