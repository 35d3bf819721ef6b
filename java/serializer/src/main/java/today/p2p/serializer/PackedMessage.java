package today.p2p.serializer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/**
 * A message that is encoded and hashed once and goes to many links, compressed at most once for each codec.
 * Safe for use by several threads.
 */
public final class PackedMessage {
    /** The length in front of each frame, in bytes (FRM-1). */
    static final int HEADER = 4;

    private static final int BARE_AT = HEADER + Sha256.BYTES;
    private static final Coded[] NONE = {};

    private final byte[] raw;
    private final int at;
    private final int length;
    private final Limits limits;
    private Coded[] coded = NONE;

    /** Takes a whole raw frame whose checksum holds; nobody changes {@code raw} any more. */
    PackedMessage(byte[] raw, int at, int length, Limits limits) {
        this.raw = raw;
        this.at = at;
        this.length = length;
        this.limits = limits;
    }

    /**
     * Encodes and hashes. Whoever does it often keeps a {@link MessageWriter} and asks that.
     *
     * @throws NotEncodableException with the code of MPK-15 or FRM-9
     */
    public static PackedMessage of(Message message, Limits limits) {
        return new MessageWriter(limits).pack(message);
    }

    /** The message id: the SHA-256 of {@link #bare}, 32 bytes (FRM-4). */
    public Bytes id() {
        return Bytes.Shared.wrap(raw, at + HEADER, Sha256.BYTES);
    }

    /** The bare message. */
    public Bytes bare() {
        return Bytes.Shared.wrap(raw, at + BARE_AT, length - BARE_AT);
    }

    /**
     * The whole frame, header included, for a link whose codec is {@code codec} (null: raw). It is raw all
     * the same when the message is a handshake (CMP-12) or when coding does not pay (CMP-13, CMP-14). The
     * same bytes each time.
     *
     * @throws NotEncodableException LIMIT, when the body is above {@code max-frame} (FRM-9)
     */
    public Bytes frameFor(@Nullable Codec codec) {
        Bytes frame = codec == null || plainLength() < limits.compressFrom() ? raw() : codedBy(codec);
        if (frame.length() - HEADER > limits.maxFrame()) {
            throw new NotEncodableException(
                    ErrorCode.LIMIT, "a body of " + (frame.length() - HEADER) + " bytes is above max-frame");
        }
        return frame;
    }

    /** The message itself, built anew. */
    Message unpack() {
        Envelope envelope = read();
        MsgpackReader in = envelope.sender(raw);
        Value.ByteString sender =
                in.kind() == Value.Kind.TEXT ? Value.text(in.shareBytes()) : Value.of(in.shareBytes());
        in.reset(raw, envelope.payloadAt, at + length);
        return new Message(envelope.type, sender, envelope.time, in.shareRest(envelope.payloadItems));
    }

    private Envelope read() {
        Envelope envelope = new Envelope();
        Malformed impossible = envelope.read(raw, at + BARE_AT, at + length);
        if (impossible != null) {
            throw new AssertionError("a packed message is whole: " + impossible);
        }
        return envelope;
    }

    private Bytes raw() {
        return Bytes.Shared.wrap(raw, at, length);
    }

    private int plainLength() {
        return length - HEADER;
    }

    private synchronized Bytes codedBy(Codec codec) {
        for (Coded one : coded) {
            if (one.codec == codec) {
                return one.frame;
            }
        }
        Bytes frame = isHandshake() ? raw() : code(codec);
        coded = Arrays.copyOf(coded, coded.length + 1);
        coded[coded.length - 1] = new Coded(codec, frame);
        return frame;
    }

    /** A handshake, or the chord meta that has its sub-flag and is small anyway. */
    private boolean isHandshake() {
        Envelope envelope = read();
        if (envelope.payloadItems == 0) {
            return false;
        }
        MsgpackReader subFlag = new MsgpackReader();
        subFlag.reset(raw, envelope.payloadAt, at + length);
        return subFlag.kind() == Value.Kind.INT && subFlag.readLongBits() == Opcode.HANDSHAKE.number();
    }

    private Bytes code(Codec codec) {
        int plain = plainLength();
        if (Probe.looksRandom(raw, at + HEADER, plain)) {
            return raw();
        }
        // At least one part in compress-saves is saved, and so at least one byte (CMP-13, CMP-14).
        int parts = limits.compressSaves();
        int most = plain - (plain / parts + (plain % parts == 0 ? 0 : 1));
        BoundedOutput out = new BoundedOutput(HEADER, most);
        if (!codec.compress(raw, at + HEADER, plain, out) || out.passed()) {
            return raw();
        }
        int body = out.size();
        if (plain > limits.inflatedFrom(body)) {
            return raw();
        }
        byte[] frame = Arrays.copyOf(out.array(), HEADER + body);
        Header.put(frame, 0, body);
        return Bytes.Shared.wrap(frame, 0, frame.length);
    }

    private record Coded(Codec codec, Bytes frame) {}
}
