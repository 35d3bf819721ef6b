package today.p2p.serializer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final int HANDSHAKE_ITEMS = 5;

    private final byte[] raw;
    private final int at;
    private final int length;
    private final Limits limits;
    /** The frames that were made, one for each codec; nobody waits for anybody. */
    private final AtomicReference<List<Coded>> coded = new AtomicReference<>(List.of());

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
     * the same when the message is a handshake (CMP-12) or when coding does not pay (CMP-13, CMP-14), but
     * for an {@link EvenDeflate}. The same bytes each time. Never waits for another thread: while one compresses, this one does so for
     * itself; who would rather come back later asks whether it {@link #isCoded} first.
     *
     * @throws NotEncodableException LIMIT, when the body is above {@code max-frame} (FRM-9)
     */
    public Bytes frameFor(@Nullable Codec codec) {
        Bytes frame = codec == null || isSmall() && !(codec instanceof EvenDeflate) ? raw() : codedBy(codec);
        if (frame.length() - HEADER > limits.maxFrame()) {
            throw new NotEncodableException(
                    ErrorCode.LIMIT, "a body of " + (frame.length() - HEADER) + " bytes is above max-frame");
        }
        return frame;
    }

    /** Whether {@link #frameFor} answers at once, since it has been asked before or has nothing to compress. */
    public boolean isCoded(@Nullable Codec codec) {
        return codec == null || isSmall() || known(codec) != null;
    }

    /** Shows itself in a view. */
    void show(MessageView into, @Nullable Codec codec) {
        into.show(raw, at + HEADER, at + length, codec, limits);
        read(into.envelope());
    }

    /** The message itself, built anew. */
    Message unpack() {
        Envelope envelope = read();
        MsgpackReader in = envelope.sender(raw);
        Value.ByteString sender = (Value.ByteString) in.shareRest(1).get(0);
        in.reset(raw, envelope.payloadAt, at + length);
        return new Message(envelope.type, sender, envelope.time, in.shareRest(envelope.payloadItems));
    }

    private Envelope read() {
        Envelope envelope = new Envelope();
        read(envelope);
        return envelope;
    }

    private void read(Envelope envelope) {
        Malformed impossible = envelope.read(raw, at + BARE_AT, at + length);
        if (impossible != null) {
            throw new AssertionError("a packed message is whole: " + impossible);
        }
    }

    private Bytes raw() {
        return Bytes.Shared.wrap(raw, at, length);
    }

    private int plainLength() {
        return length - HEADER;
    }

    private boolean isSmall() {
        return plainLength() < limits.compressFrom();
    }

    private Bytes codedBy(Codec codec) {
        Bytes known = known(codec);
        if (known == null) {
            Coded made = new Coded(codec, codec instanceof EvenDeflate even ? evenly(even) : code(codec));
            List<Coded> before;
            do {
                before = coded();
            } while (!coded.compareAndSet(before, with(before, made)));
            known = known(codec);
        }
        return Objects.requireNonNull(known);
    }

    private List<Coded> coded() {
        return Objects.requireNonNull(coded.get());
    }

    private @Nullable Bytes known(Codec codec) {
        for (Coded one : coded()) {
            if (one.codec.equals(codec)) {
                return one.frame;
            }
        }
        return null;
    }

    /** The first frame of a codec stays, should several threads have made one. */
    private static List<Coded> with(List<Coded> before, Coded made) {
        for (Coded one : before) {
            if (one.codec.equals(made.codec)) {
                return before;
            }
        }
        List<Coded> after = new ArrayList<>(before);
        after.add(made);
        return List.copyOf(after);
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

    private Bytes evenly(EvenDeflate even) {
        if (isHandshake() && read().payloadItems == HANDSHAKE_ITEMS) {
            return raw();
        }
        Bytes coded = isSmall() ? raw() : code(even.inside());
        boolean isCoded = coded.length() < length;
        Bytes frame = isCoded ? even.fill(coded) : even.store(raw, at + HEADER, plainLength());
        // Above max-frame nobody would read it.
        return frame.length() - HEADER > limits.maxFrame() ? raw() : frame;
    }

    private Bytes code(Codec codec) {
        int plain = plainLength();
        if (isHandshake() || Probe.looksRandom(raw, at + HEADER, plain)) {
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

    /** The frame for one codec. */
    private record Coded(Codec codec, Bytes frame) {}
}
