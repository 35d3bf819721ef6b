package today.p2p.link;

import java.nio.ByteBuffer;

/** Reads along the header of the first frame of a link, whatever the cuts (LNK-26, STR-1). */
final class FirstHeader {
    private int have;
    private long length;

    /** Whether the length is known by now and above {@code most}; {@code chunk} stays as it is. */
    boolean isAbove(long most, ByteBuffer chunk) {
        for (int at = chunk.position(); at < chunk.limit() && have < Integer.BYTES; at++) {
            length = length << Byte.SIZE | (chunk.get(at) & 0xff);
            have++;
        }
        return have == Integer.BYTES && length > most;
    }
}
