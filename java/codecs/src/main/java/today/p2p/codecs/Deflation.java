package today.p2p.codecs;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import today.p2p.serializer.BoundedOutput;

/** The JDK's deflate, as zlib and gzip need it. Thread-safe. */
final class Deflation {
    // Level 1: on messages of 1 KiB it is a seventh faster than level 6 and gives 2 % away; above,
    // the gap widens.
    private static final int LEVEL = Deflater.BEST_SPEED;

    private final Pool<Inflater> inflaters;
    private final Pool<Deflater> deflaters;

    /** Bare deflate as in gzip, or with the header and trailer of zlib. */
    Deflation(boolean bare) {
        this.inflaters = new Pool<>(() -> new Inflater(bare), Inflater::end);
        this.deflaters = new Pool<>(() -> new Deflater(LEVEL, bare), Deflater::end);
    }

    /** Reads one stream and tells where it ended. */
    int inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        Inflater inflater = inflaters.take();
        try {
            inflater.setInput(body, from, to - from);
            while (!inflater.finished()) {
                int room = ContainerCodec.room(out);
                int count = inflater.inflate(out.array(), out.position(), room);
                out.advance(count);
                // Without progress it wants input that is not there, or a preset dictionary
                // (CMP-1).
                Refusal.unless(count > 0 || inflater.finished());
            }
            return to - inflater.getRemaining();
        } catch (DataFormatException corrupt) {
            throw Refusal.CORRUPT;
        } finally {
            inflater.reset();
            inflaters.give(inflater);
        }
    }

    /** Writes one stream, or stops with false as soon as it passes the limit. */
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        Deflater deflater = deflaters.take();
        try {
            deflater.setInput(plain, from, to - from);
            deflater.finish();
            while (!deflater.finished()) {
                int room = ContainerCodec.room(out);
                out.advance(deflater.deflate(out.array(), out.position(), room));
            }
            return !out.passed();
        } catch (Refusal limit) {
            return false;
        } finally {
            deflater.reset();
            deflaters.give(deflater);
        }
    }
}
