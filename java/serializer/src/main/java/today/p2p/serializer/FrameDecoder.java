package today.p2p.serializer;

import java.security.DigestException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/**
 * Reads single frames whose bytes are all there. Keeps a digest and scratch memory between calls; not
 * thread-safe: one link, one thread at a time.
 */
public final class FrameDecoder {
    /*
     * The order of checks is FRM-13: header, candidates with their checksum, the bare message from its first
     * byte to its last, bytes after it, its shape.
     */
    private static final int KEPT_INFLATED = 16384;

    /** Above this a raw body is left to {@link LargeFrame}: hashing and scanning it takes milliseconds. */
    private static final int LARGE_BODY = 1 << 20;

    /** The same for plain text, which takes longer to inflate than to hash. */
    private static final int LARGE_PLAIN = 1 << 18;

    private static final Codec[] NONE = {};

    private final Limits limits;
    private final Workspace work;
    /** Of the candidate that was accepted last: asked once, since the answer may change meanwhile. */
    private boolean isInflatedKnown;

    private KnownIds known = KnownIds.NONE;
    private Codec[] listed;
    private boolean leavesLarge;
    private boolean hasLeft;

    /** Accepts raw bodies and those of the codecs that this side has listed to the peer (CMP-5, CMP-6). */
    public FrameDecoder(Limits limits, Collection<Codec> listed) {
        this(limits, listed, new Workspace());
    }

    FrameDecoder(Limits limits, Collection<Codec> listed, Workspace work) {
        this.work = work;
        this.limits = Objects.requireNonNull(limits);
        this.listed = array(listed);
    }

    /** Replaces the codecs that this side has listed, after a renegotiation. */
    public void accept(Collection<Codec> newlyListed) {
        listed = array(newlyListed);
    }

    /** One array for all readers of a workspace that have listed the same. */
    private Codec[] array(Collection<Codec> codecs) {
        if (codecs.isEmpty()) {
            return NONE;
        }
        if (!Arrays.asList(work.listed).equals(codecs)) {
            work.listed = codecs.toArray(new Codec[0]);
        }
        return work.listed;
    }

    /** Does not read frames of these any more: a view of one {@linkplain MessageView#isSkipped is skipped}. */
    void skip(KnownIds newlyKnown) {
        known = newlyKnown;
    }

    /** Complete or Refused: fewer or more bytes than one frame are refused with LENGTH (FRM-8). */
    public Decoded decode(Bytes frame) {
        Malformed problem =
                readFrame(Bytes.Shared.array(frame), Bytes.Shared.offset(frame), frame.length(), work.view());
        return problem != null ? new Decoded.Refused(problem) : complete(frame, work.view());
    }

    /** As {@link #decode(Bytes)}, for {@code length} bytes at {@code offset}, which are copied. */
    public Decoded decode(byte[] frame, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, frame.length);
        Malformed problem = readFrame(frame, offset, length, work.view());
        return problem != null ? new Decoded.Refused(problem) : new Decoded.Complete(toFrame(work.view()));
    }

    /**
     * Verifies one frame, and shows it in {@code into} without building anything; allocates nothing unless a
     * large map has its keys compared or a body is compressed.
     *
     * @return empty, or what is wrong; {@code into} then shows nothing of use
     */
    public Optional<Malformed> view(byte[] frame, int offset, int length, MessageView into) {
        Objects.checkFromIndexSize(offset, length, frame.length);
        return Optional.ofNullable(readFrame(frame, offset, length, into));
    }

    /**
     * As {@link #readBody}, but gives up what would take long.
     *
     * @return null when it was read, or {@link #hasLeft} it
     */
    @Nullable
    Malformed readLight(byte[] bytes, int at, int length, MessageView into) {
        hasLeft = length > LARGE_BODY && !known.holds(bytes, at);
        if (hasLeft) {
            return null;
        }
        leavesLarge = true;
        Malformed problem = readBody(bytes, at, length, into);
        leavesLarge = false;
        return hasLeft ? null : problem;
    }

    /** Whether the last {@link #readLight} has left the frame unread, which is then sound for all that is known. */
    boolean hasLeft() {
        return hasLeft;
    }

    /** A frame for another thread. */
    LargeFrame large(byte[] frame) {
        return new LargeFrame(frame, limits, List.of(listed));
    }

    /** What is wrong with a length that a header claims, or null. */
    @Nullable
    Malformed checkLength(int claimed) {
        if (Integer.compareUnsigned(claimed, limits.maxFrame()) > 0) {
            return new Malformed(ErrorCode.LIMIT, 0, "the length is above max-frame");
        }
        return claimed < Sha256.BYTES ? new Malformed(ErrorCode.SHORT, 0, "the length is below 32") : null;
    }

    /** Reads a body whose length {@link #checkLength} has let pass. */
    @Nullable
    Malformed readBody(byte[] bytes, int at, int length, MessageView into) {
        if (known.holds(bytes, at)) {
            into.skip();
            return null;
        }
        Malformed first = null;
        for (Codec codec : listed) {
            if (codec.hasMagic() && codec.begins(bytes, at, length)) {
                first = tryCodec(codec, bytes, at, length);
                if (hasLeft) {
                    return first;
                }
                if (first == null) {
                    return readInflated(codec, into);
                }
                break;
            }
        }
        if (isSound(bytes, at, length)) {
            return readPlain(bytes, at, at + length, null, into);
        }
        if (first == null) {
            first = new Malformed(ErrorCode.CHECKSUM, 0, "the checksum is not that of the message");
        }
        for (Codec codec : listed) {
            if (!codec.hasMagic() && tryCodec(codec, bytes, at, length) == null) {
                return readInflated(codec, into);
            }
            if (hasLeft) {
                return first;
            }
        }
        return first;
    }

    /** The frame that {@code shown} shows, in memory of its own. */
    Frame toFrame(MessageView shown) {
        Frame frame = shown.toFrame();
        releaseInflated();
        return frame;
    }

    /** As {@link #toFrame(MessageView)}; {@code own} is the whole frame as it came and is not written again. */
    Frame toFrame(MessageView shown, byte[] own) {
        return shown.codec().isPresent()
                ? toFrame(shown)
                : new Frame(new PackedMessage(own, 0, own.length, limits), null, shown.items());
    }

    private Decoded complete(Bytes frame, MessageView shown) {
        if (shown.codec().isPresent()) {
            return new Decoded.Complete(toFrame(shown));
        }
        PackedMessage packed =
                new PackedMessage(Bytes.Shared.array(frame), Bytes.Shared.offset(frame), frame.length(), limits);
        return new Decoded.Complete(new Frame(packed, null, shown.items()));
    }

    private @Nullable Malformed readFrame(byte[] bytes, int at, int length, MessageView into) {
        if (length < PackedMessage.HEADER) {
            return new Malformed(ErrorCode.LENGTH, 0, "a frame has a header of 4 bytes, here are " + length);
        }
        int claimed = Header.length(bytes, at);
        Malformed problem = checkLength(claimed);
        if (problem != null) {
            return problem;
        }
        if (claimed != length - PackedMessage.HEADER) {
            return new Malformed(ErrorCode.LENGTH, 0, "the header and the number of bytes disagree");
        }
        return readBody(bytes, at + PackedMessage.HEADER, claimed, into);
    }

    /** Whether the first 32 bytes are the SHA-256 of the others (FRM-7). */
    private boolean isSound(byte[] bytes, int at, int length) {
        work.digest.update(bytes, at + Sha256.BYTES, length - Sha256.BYTES);
        try {
            work.digest.digest(work.sum, 0, Sha256.BYTES);
        } catch (DigestException impossible) {
            throw new AssertionError("32 bytes are enough", impossible);
        }
        return Arrays.equals(work.sum, 0, Sha256.BYTES, bytes, at, at + Sha256.BYTES);
    }

    /** Inflates and compares the checksum (CMP-8); null when the candidate is accepted. */
    private @Nullable Malformed tryCodec(Codec codec, byte[] bytes, int at, int length) {
        BoundedOutput out = work.inflated;
        int allowed = limits.inflatedFrom(length);
        int most = leavesLarge ? Math.min(allowed, LARGE_PLAIN) : allowed;
        if (out == null) {
            out = new BoundedOutput(most);
            work.inflated = out;
        } else {
            out.restart(most);
        }
        Malformed problem = codec.decompress(bytes, at, length, out).orElse(null);
        // A codec may see from what a stream announces that it will not fit.
        boolean isAbove = out.passed() || (problem != null && problem.code() == ErrorCode.BOMB);
        hasLeft = leavesLarge && most < allowed && isAbove;
        if (problem == null && out.passed()) {
            problem = new Malformed(ErrorCode.BOMB, 0, "the plain text is above its limit");
        }
        if (problem == null && out.size() < Sha256.BYTES) {
            problem = new Malformed(ErrorCode.SHORT, 0, "the plain text is below 32 bytes");
        }
        isInflatedKnown = problem == null && known.holds(out.array(), 0);
        if (problem == null && !isInflatedKnown && !isSound(out.array(), 0, out.size())) {
            problem = new Malformed(ErrorCode.CHECKSUM, 0, "the checksum is not that of the message");
        }
        if (problem != null) {
            releaseInflated();
        }
        return problem;
    }

    private void releaseInflated() {
        BoundedOutput inflated = work.inflated;
        if (inflated != null) {
            inflated.shrinkTo(KEPT_INFLATED);
        }
    }

    private @Nullable Malformed readInflated(Codec codec, MessageView into) {
        BoundedOutput out = Objects.requireNonNull(work.inflated);
        if (isInflatedKnown) {
            into.skip();
            releaseInflated();
            return null;
        }
        Malformed problem = readPlain(out.array(), 0, out.size(), codec, into);
        if (problem != null) {
            releaseInflated();
        }
        return problem;
    }

    /** Reads the bare message from an accepted candidate; an error in it is final (CMP-10). */
    private @Nullable Malformed readPlain(byte[] bytes, int from, int to, @Nullable Codec codec, MessageView into) {
        int bareAt = from + Sha256.BYTES;
        Malformed problem = work.check.check(bytes, bareAt, to, from).orElse(null);
        if (problem != null) {
            return problem;
        }
        into.show(bytes, from, to, codec, limits);
        into.count(work.check.items());
        return into.envelope().read(bytes, bareAt, to);
    }
}
