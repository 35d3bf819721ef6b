package today.p2p.serializer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    // Guarded by this; held for a few instructions, never while a message is compressed.
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
     * same bytes each time. Never waits for another thread: while one compresses, this one does so for
     * itself; who would rather come back later asks {@link #isReadyFor} first.
     *
     * @throws NotEncodableException LIMIT, when the body is above {@code max-frame} (FRM-9)
     */
    public Bytes frameFor(@Nullable Codec codec) {
        Bytes frame = codec == null || isSmall() ? raw() : codedBy(codec);
        if (frame.length() - HEADER > limits.maxFrame()) {
            throw new NotEncodableException(
                    ErrorCode.LIMIT, "a body of " + (frame.length() - HEADER) + " bytes is above max-frame");
        }
        return frame;
    }

    /**
     * Whether {@link #frameFor} answers at once. When nobody has compressed the message for this codec yet,
     * this thread does so now, and it does. When another thread is just at it, it does not; that thread runs
     * {@code later} as soon as it is done.
     */
    public boolean isReadyFor(@Nullable Codec codec, Runnable later) {
        if (codec == null || isSmall()) {
            return true;
        }
        Coded one = slot(codec);
        if (one.claim()) {
            make(one);
            return true;
        }
        return one.isDoneOr(later);
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

    private boolean isSmall() {
        return plainLength() < limits.compressFrom();
    }

    private Bytes codedBy(Codec codec) {
        Coded one = slot(codec);
        if (one.claim()) {
            make(one);
        }
        Bytes known = one.frame();
        return known != null ? known : code(codec);
    }

    private void make(Coded one) {
        Bytes frame = raw();
        try {
            frame = code(one.codec);
        } finally {
            // Raw, should memory have run out: nobody waits for ever.
            one.finish(frame);
        }
    }

    private synchronized Coded slot(Codec codec) {
        for (Coded one : coded) {
            if (one.codec == codec) {
                return one;
            }
        }
        Coded one = new Coded(codec);
        coded = Arrays.copyOf(coded, coded.length + 1);
        coded[coded.length - 1] = one;
        return one;
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

    /** The frame for one codec: not there, being made by one thread, or there. */
    private static final class Coded {
        private final Codec codec;
        private boolean isClaimed;
        private @Nullable Bytes frame;
        private List<Runnable> waiting = new ArrayList<>(0);

        Coded(Codec codec) {
            this.codec = codec;
        }

        /** Whether the caller is the one to make it, and then to call {@link #finish}. */
        synchronized boolean claim() {
            boolean first = !isClaimed;
            isClaimed = true;
            return first;
        }

        synchronized @Nullable Bytes frame() {
            return frame;
        }

        synchronized boolean isDoneOr(Runnable later) {
            return frame != null || !waiting.add(later);
        }

        void finish(Bytes made) {
            List<Runnable> told;
            synchronized (this) {
                frame = made;
                told = waiting;
                waiting = List.of();
            }
            told.forEach(Runnable::run);
        }
    }
}
