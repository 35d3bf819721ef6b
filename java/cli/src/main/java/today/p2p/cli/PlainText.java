package today.p2p.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Frame;
import today.p2p.serializer.Limits;

/**
 * What stands behind the body of a frame: checksum and bare message.
 *
 * @param codec with which the body was coded; empty when it is the plain text itself
 */
record PlainText(Bytes bytes, Optional<Codec> codec) {

    /** That of a good frame. */
    static PlainText of(Frame frame) {
        byte[] plain = new byte[Dissection.CHECKSUM + frame.bare().length()];
        frame.id().copyTo(plain, 0);
        frame.bare().copyTo(plain, Dissection.CHECKSUM);
        return new PlainText(Bytes.of(plain), frame.codec());
    }

    /**
     * That of a body that was refused: the first candidate in the order of CMP-7 whose checksum holds, else
     * the first that inflates; empty when a codec's magic begins the body and it does not inflate.
     */
    static Optional<PlainText> find(Bytes body, Collection<Codec> codecs, Limits limits) {
        List<Optional<PlainText>> candidates = new ArrayList<>();
        byte[] array = body.toArray();
        codecs.stream()
                .filter(codec -> codec.begins(array, 0, array.length))
                .forEach(codec -> candidates.add(inflate(array, codec, limits)));
        candidates.add(Optional.of(new PlainText(body, Optional.empty())));
        codecs.stream()
                .filter(codec -> !codec.hasMagic())
                .forEach(codec -> candidates.add(inflate(array, codec, limits)));
        return candidates.stream()
                .flatMap(Optional::stream)
                .filter(PlainText::checksumHolds)
                .findFirst()
                .or(() -> candidates.get(0));
    }

    private static Optional<PlainText> inflate(byte[] body, Codec codec, Limits limits) {
        BoundedOutput out = new BoundedOutput(limits.inflatedFrom(body.length));
        return codec.decompress(body, 0, body.length, out).isPresent()
                ? Optional.empty()
                : Optional.of(new PlainText(out.toBytes(), Optional.of(codec)));
    }

    /** The checksum as it stands there; shorter than 32 bytes when the plain text is. */
    Bytes checksum() {
        return bytes.slice(0, Math.min(Dissection.CHECKSUM, bytes.length()));
    }

    Bytes bare() {
        return bytes.slice(Math.min(Dissection.CHECKSUM, bytes.length()), bytes.length());
    }

    boolean checksumHolds() {
        return checksum().equals(bare().sha256());
    }
}
