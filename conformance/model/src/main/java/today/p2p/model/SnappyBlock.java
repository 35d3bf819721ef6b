package today.p2p.model;

import java.io.IOException;

/** A raw snappy block: the length of the output as a varint, then literals and copies. No check value. */
final class SnappyBlock {

    private SnappyBlock() {}

    static int inflate(byte[] body, Output output) throws IOException {
        Cursor in = new Cursor(body, 0, body.length);
        long claimed = varint(in);
        while (!in.atEnd()) {
            element(in, output);
            // The claim reserves nothing here; it only has to come true.
            if (output.size() > claimed) {
                throw new IOException("the output passes the claimed " + claimed + " bytes");
            }
        }
        if (output.size() < claimed) {
            throw new IOException("the output ends before the claimed " + claimed + " bytes");
        }
        return in.position();
    }

    private static long varint(Cursor in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.next();
            number |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (number > 0xffff_ffffL) {
                    break;
                }
                return number;
            }
        }
        throw new IOException("the length is above 2^32-1");
    }

    private static void element(Cursor in, Output output) throws IOException {
        int tag = in.next();
        int upper = tag >> 2;
        switch (tag & 3) {
            case 0 -> in.literals(upper < 60 ? upper + 1 : in.littleEndian(upper - 59) + 1, output);
            case 1 -> output.copy((tag >> 5) << 8 | in.next(), (upper & 7) + 4);
            case 2 -> output.copy((int) in.littleEndian(2), upper + 1);
            default -> output.copy((int) in.littleEndian(4), upper + 1);
        }
    }
}
