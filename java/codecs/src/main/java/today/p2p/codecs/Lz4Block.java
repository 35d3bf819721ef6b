package today.p2p.codecs;

import today.p2p.serializer.BoundedOutput;

/*
 * A block is a row of sequences: a token, literals, and a copy of earlier plain text.
 *
 *   token (1)  [literal length ...]  literals  distance (2)  [copy length ...]
 *
 * The token's upper half is the number of literals, its lower half the length of the copy less 4;
 * 15 there goes on in bytes that are added up, through the first that is not 255. The last sequence
 * ends after its literals.
 *
 * The reader is ours because no call of the library reads a block that refers to the one before it
 * (linked blocks, which other encoders write by default), and because the length of a block's plain
 * text is known only at its end: here memory grows with the output, under Java's bounds checks.
 */
/** The reader of LZ4 blocks. */
final class Lz4Block {
    private static final int LONG = 15;
    private static final int SHORTEST_COPY = 4;

    private Lz4Block() {}

    /**
     * Reads the block that fills the range.
     *
     * @param history where in {@code out} the text begins that copies may refer to
     * @param largest most bytes of plain text that the frame allows for a block
     */
    static void inflate(byte[] body, int from, int to, BoundedOutput out, int history, int largest) throws Refusal {
        int at = from;
        int end = out.size() + largest < 0 ? Integer.MAX_VALUE : out.size() + largest;
        for (; ; ) {
            Refusal.unless(at < to);
            int token = Little.int8(body, at++);
            int literals = token >>> 4;
            if (literals == LONG) {
                int after = afterLength(body, at, to);
                literals += length(body, at, after, to - after);
                at = after;
            }
            Refusal.unless(literals <= to - at && literals <= end - out.size());
            Refusal.bombUnless(out.write(body, at, literals));
            at += literals;
            if (at == to) {
                return;
            }
            Refusal.unless(to - at >= 2);
            int distance = Little.int16(body, at);
            at += 2;
            int copy = token & LONG;
            if (copy == LONG) {
                int after = afterLength(body, at, to);
                copy += length(body, at, after, largest);
                at = after;
            }
            copy += SHORTEST_COPY;
            Refusal.unless(distance > 0 && distance <= out.size() - history && copy <= end - out.size());
            Refusal.bombUnless(out.repeat(distance, copy));
        }
    }

    private static int afterLength(byte[] body, int from, int to) throws Refusal {
        for (int at = from; at < to; at++) {
            if (body[at] != -1) {
                return at + 1;
            }
        }
        throw Refusal.CORRUPT;
    }

    /** The sum of the bytes of a length, which are all 255 but the last. */
    private static int length(byte[] body, int from, int to, int most) throws Refusal {
        long length = 255L * (to - from - 1) + Little.int8(body, to - 1);
        Refusal.unless(length <= most);
        return (int) length;
    }
}
