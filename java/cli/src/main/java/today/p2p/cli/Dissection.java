package today.p2p.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.terminal.Readable;

/**
 * One frame of the input, as far as it can be understood.
 *
 * @param at where in the input it begins
 * @param bytes those of the frame: all that the header says, or fewer when the input ends before
 * @param announced the length in the header, -1 when the header is not all there
 * @param frame what was decoded, null when it was refused
 * @param error why it was refused
 * @param plain the plain text behind the body, when a candidate gave one
 */
record Dissection(
        int at,
        Bytes bytes,
        long announced,
        @Nullable Frame frame,
        Optional<Malformed> error,
        Optional<PlainText> plain) {
    static final int HEADER = 4;
    static final int CHECKSUM = 32;

    /** Which bytes the offset of an error counts (ERR-2). */
    enum Space {
        FRAME("frame"),
        PLAIN_TEXT("plain text"),
        MESSAGE("bare message");

        private final String words;

        Space(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** All frames of an input, one after the other; the last one may be incomplete. */
    static List<Dissection> all(Bytes input, Collection<Codec> codecs, Limits limits) {
        List<Dissection> all = new ArrayList<>();
        int at = 0;
        while (at < input.length()) {
            Dissection next = one(input, at, codecs, limits);
            all.add(next);
            at += next.bytes().length();
        }
        return all;
    }

    private static Dissection one(Bytes input, int at, Collection<Codec> codecs, Limits limits) {
        int left = input.length() - at;
        long announced = left < HEADER
                ? -1
                : Integer.toUnsignedLong(
                        input.slice(at, at + HEADER).asByteBuffer().getInt());
        boolean lost = announced > limits.maxFrame() || announced < CHECKSUM;
        int size = lost ? left : (int) Math.min(left, HEADER + announced);
        Bytes bytes = input.slice(at, at + size);
        Decoded decoded = new FrameDecoder(limits, codecs).decode(bytes);
        if (decoded instanceof Decoded.Complete complete) {
            Frame frame = complete.frame();
            PlainText plain = PlainText.of(frame);
            return new Dissection(at, bytes, announced, frame, Optional.empty(), Optional.of(plain));
        }
        boolean whole = !lost && size == HEADER + announced;
        Optional<PlainText> plain =
                whole ? PlainText.find(bytes.slice(HEADER, size), codecs, limits) : Optional.empty();
        Malformed error = ((Decoded.Refused) decoded).malformed();
        return new Dissection(at, bytes, announced, null, Optional.of(error), plain);
    }

    /** In words, how many of the announced bytes are not there; empty when none is missing. */
    String shortage() {
        long there = bytes.length() - HEADER;
        return there < announced
                ? ", but only " + Readable.count(there, "byte") + (there == 1 ? " follows" : " follow")
                : "";
    }

    /** Which bytes the error's offset counts. */
    Space space() {
        ErrorCode code = error.orElseThrow().code();
        if (announced < CHECKSUM || bytes.length() != HEADER + announced) {
            return Space.FRAME;
        }
        if (plain.isEmpty()) {
            return Space.PLAIN_TEXT;
        }
        boolean verified = plain.get().checksumHolds();
        return verified && code != ErrorCode.CHECKSUM ? Space.MESSAGE : Space.PLAIN_TEXT;
    }

    /** The bytes that the error's offset counts: those of the body where it could not be inflated. */
    Bytes spaceBytes() {
        return switch (space()) {
            case FRAME -> bytes;
            case PLAIN_TEXT -> plain.map(PlainText::bytes).orElseGet(() -> bytes.slice(HEADER, bytes.length()));
            case MESSAGE -> plain.orElseThrow().bare();
        };
    }
}
