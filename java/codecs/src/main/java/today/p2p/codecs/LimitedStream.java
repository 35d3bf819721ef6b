package today.p2p.codecs;

import java.io.OutputStream;
import today.p2p.serializer.BoundedOutput;

/**
 * Lets a compressor that wants a stream write into bounded memory. Refuses once, at the limit; what
 * comes after is dropped, so that the compressor can be closed.
 */
final class LimitedStream extends OutputStream {
    private final BoundedOutput out;
    private boolean full;

    LimitedStream(BoundedOutput out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws Refusal {
        if (!full) {
            full = !out.write(b);
            Refusal.bombUnless(!full);
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws Refusal {
        if (!full) {
            full = !out.write(source, offset, length);
            Refusal.bombUnless(!full);
        }
    }
}
