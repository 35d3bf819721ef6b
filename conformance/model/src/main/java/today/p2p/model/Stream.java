package today.p2p.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stream of frames in any cuts (chapter 2.3). */
final class Stream {

    private final Frames frames;
    private final Defects defects;
    private final List<Integer> listed;
    private final List<String> ids = new ArrayList<>();
    private byte[] kept = new byte[0];

    Stream(Defects defects, List<Integer> listed, long limit) {
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
