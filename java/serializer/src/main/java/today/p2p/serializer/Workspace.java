package today.p2p.serializer;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.MsgpackCheck;

/**
 * What reading a frame needs for the moment: a digest, scratch memory, a view. One will do for all {@link FrameReader}s
 * of a thread, which then cost little while they have nothing to read. Not thread-safe.
 */
public final class Workspace {
    /** What a read of a socket brings, and as much again for what was left of the one before. */
    private static final int KEPT_CAPACITY = 2 * Limits.READ_BUFFER;

    /** A buffer is no more than so many times as long as what is to be put in it, or so many bytes long. */
    private static final int TIMES = 2;

    private static final int SMALL = 8192;
    private static final byte[] NOTHING = {};

    final MessageDigest digest = Sha256.newDigest();
    final byte[] sum = new byte[Sha256.BYTES];
    final MsgpackCheck check = new MsgpackCheck();

    /** The codecs of the reader that asked last. */
    Codec[] listed = {};

    @Nullable
    BoundedOutput inflated;

    private final MessageView view = new MessageView();
    private byte[] spare = NOTHING;

    /** Nothing is in it yet. */
    public Workspace() {}

    /** A view for whoever has none; what it shows is valid until another reader of this workspace shows something. */
    public MessageView view() {
        return view;
    }

    /** A buffer that nobody uses, for so many bytes, or an empty one: who has little to put in it gets no large one. */
    byte[] takeBuffer(int length) {
        boolean fits = spare.length >= length && spare.length <= Math.max(SMALL, (long) TIMES * length);
        byte[] taken = fits ? spare : NOTHING;
        if (fits) {
            spare = NOTHING;
        }
        return taken;
    }

    /** Takes a buffer back, in which nothing is read any more. */
    void giveBuffer(byte[] buffer) {
        if (buffer.length > spare.length && buffer.length <= KEPT_CAPACITY) {
            spare = buffer;
        }
    }
}
