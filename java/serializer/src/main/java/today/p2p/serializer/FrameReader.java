package today.p2p.serializer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Malformed;

/**
 * The receiving side of a link: chunks of bytes, cut anywhere, in; frames out (STR-1 to STR-4).
 *
 * <p>Feed a chunk, then call {@link #next()} until it is not {@link Decoded.Complete}. After a {@link
 * Decoded.Refused} the reader is dead: it answers the same for ever and takes no more bytes (FRM-14). Not
 * thread-safe: one link, one thread at a time.
 */
public final class FrameReader {
    private static final Decoded.NeedMore NOTHING_BEGUN = new Decoded.NeedMore(0);

    private final FrameDecoder decoder;
    private final Incoming incoming;
    private final Workspace work;
    private Decoded.@Nullable Refused dead;
    private @Nullable LargeFrame large;

    /** Accepts raw bodies and those of the codecs that this side has listed to the peer (CMP-5, CMP-6). */
    public FrameReader(Limits limits, Collection<Codec> listed) {
        this(limits, listed, new Workspace());
    }

    /** The same, with a workspace that other readers of the same thread use as well. */
    public FrameReader(Limits limits, Collection<Codec> listed, Workspace work) {
        this.work = work;
        incoming = new Incoming(work);
        decoder = new FrameDecoder(limits, listed, work);
    }

    /** Replaces the codecs that this side has listed; for all frames not yet taken with {@link #next()}. */
    public void accept(Collection<Codec> listed) {
        decoder.accept(listed);
    }

    /**
     * Does not verify frames of these any more: {@link #next(MessageView)} says of one that it {@linkplain
     * MessageView#isSkipped is skipped}. Not for use with {@link #next()}.
     */
    public void skip(KnownIds known) {
        decoder.skip(known);
    }

    /** Takes all remaining bytes of {@code chunk}; they are copied. */
    public void feed(ByteBuffer chunk) {
        if (dead != null) {
            chunk.position(chunk.limit());
        } else {
            incoming.add(chunk);
        }
    }

    /** Takes {@code length} bytes at {@code offset}; they are copied. */
    public void feed(byte[] chunk, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, chunk.length);
        feed(ByteBuffer.wrap(chunk, offset, length));
    }

    /** The next frame of the bytes so far, or how many bytes it still needs, or why it is refused. */
    public Decoded next() {
        if (!isWhole()) {
            return dead != null ? dead : needMore();
        }
        MessageView shown = work.view();
        if (!read(shown)) {
            return Objects.requireNonNull(dead);
        }
        Frame frame = toFrame(shown);
        incoming.release();
        return new Decoded.Complete(frame);
    }

    /** The frame that this reader has shown in {@code shown} last, which stays valid; a large one is not copied. */
    public Frame toFrame(MessageView shown) {
        return incoming.isOwn() ? decoder.toFrame(shown, incoming.frame()) : decoder.toFrame(shown);
    }

    /**
     * As {@link #next()}, but shows the frame in {@code into} instead of copying it; what it shows is valid
     * until this reader is used again.
     *
     * @return whether there was a frame; if not, {@link #missing} and {@link #malformed} say why
     */
    public boolean next(MessageView into) {
        return isWhole() && read(into);
    }

    /**
     * As {@link #next(MessageView)}, but takes a frame out unread when reading it would take long: {@link
     * #takeLarge} then gives it away, and {@link LargeFrame#read} on any thread says what it is. Until that is known, do not ask for
     * the next.
     */
    public boolean nextLight(MessageView into) {
        if (!isWhole()) {
            return false;
        }
        int length = incoming.length();
        int at = incoming.take(length);
        byte[] bytes = incoming.frame();
        dead = refused(decoder.readLight(bytes, at + PackedMessage.HEADER, length, into));
        if (dead != null) {
            incoming.clear();
            return false;
        }
        if (decoder.hasLeft()) {
            int end = at + PackedMessage.HEADER + length;
            large = decoder.large(incoming.isOwn() ? bytes : Arrays.copyOfRange(bytes, at, end));
            incoming.release();
        }
        return large == null;
    }

    /** What the last {@link #nextLight} has left unread; once. */
    public Optional<LargeFrame> takeLarge() {
        Optional<LargeFrame> left = Optional.ofNullable(large);
        large = null;
        return left;
    }

    /** How many bytes are held that are not yet read. */
    public long held() {
        return dead != null ? 0 : incoming.size();
    }

    /**
     * How many bytes the frame that has begun still needs, as in {@link Decoded.NeedMore}; 0 when one is whole,
     * when none has begun, or after a malformed frame.
     */
    public int missing() {
        return dead != null || isWhole() ? 0 : needMore().missing();
    }

    /** The malformed frame after which this reader is dead. */
    public Optional<Malformed> malformed() {
        return Optional.ofNullable(dead).map(Decoded.Refused::malformed);
    }

    /** Whether a whole frame is there; refuses its header as soon as that is (FRM-5, FRM-6). */
    private boolean isWhole() {
        incoming.release();
        if (dead != null || incoming.size() < PackedMessage.HEADER) {
            incoming.rest();
            return false;
        }
        int claimed = incoming.length();
        dead = refused(decoder.checkLength(claimed));
        if (dead != null) {
            incoming.clear();
            return false;
        }
        if (incoming.size() >= PackedMessage.HEADER + claimed) {
            return true;
        }
        incoming.expect(claimed);
        incoming.rest();
        return false;
    }

    private boolean read(MessageView into) {
        int length = incoming.length();
        int at = incoming.take(length);
        dead = refused(decoder.readBody(incoming.frame(), at + PackedMessage.HEADER, length, into));
        if (dead != null) {
            incoming.clear();
        }
        return dead == null;
    }

    private static Decoded.@Nullable Refused refused(@Nullable Malformed problem) {
        return problem == null ? null : new Decoded.Refused(problem);
    }

    private Decoded.NeedMore needMore() {
        long size = incoming.size();
        if (size == 0) {
            return NOTHING_BEGUN;
        }
        long whole = PackedMessage.HEADER;
        if (size >= whole) {
            whole += incoming.length();
        }
        return new Decoded.NeedMore((int) (whole - size));
    }
}
