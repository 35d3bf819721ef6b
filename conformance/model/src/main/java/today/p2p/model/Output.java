package today.p2p.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a decompressor has yielded so far, held to the limits of CMP-3 as it grows. */
final class Output {

    private static final int STEP = 8192;

    private byte[] bytes = new byte[STEP];
    private int size;
    private final long inputLength;
    private final long limit;
    private final Defects defects;

    Output(long inputLength, long limit, Defects defects) {
        this.inputLength = inputLength;
        this.limit = limit;
        this.defects = defects;
    }

    void add(byte[] chunk, int length) {
        makeRoom(length);
        System.arraycopy(chunk, 0, bytes, size, length);
        size += length;
        check();
    }

    /** Appends {@code length} bytes from {@code distance} back; they may overlap what is being appended. */
    void copy(int distance, int length) throws IOException {
        if (distance < 1 || distance > size) {
            throw new IOException("a copy reaches back before the first byte");
        }
        for (int i = 0; i < length; i++) {
            makeRoom(1);
            bytes[size] = bytes[size - distance];
            size++;
            check();
        }
    }

    private void makeRoom(int length) {
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
    }

    private void check() {
        long largest = defects.is(Mutant.INFLATED_LIMIT_REFUSES_ITSELF) ? limit - 1 : limit;
        if (size > largest && !defects.is(Mutant.BOMB_UNCAPPED)) {
            throw Failure.of(ErrorCode.BOMB, "CMP-3", "the output passes " + largest + " bytes");
        }
        boolean free = size <= Limits.RATIO_FREE && !defects.is(Mutant.RATIO_FROM_THE_FIRST_BYTE);
        boolean capped = !defects.is(Mutant.BOMB_UNCAPPED) && !defects.is(Mutant.RATIO_UNCHECKED);
        if (!free && capped && size > Limits.MAX_RATIO * inputLength) {
            throw Failure.of(ErrorCode.BOMB, "CMP-3", "the output passes " + Limits.MAX_RATIO + " times the input");
        }
    }

    /** Drains a decompressing stream. */
    Output drain(InputStream in) throws IOException {
        byte[] chunk = new byte[STEP];
        while (!full()) {
            int count = in.read(chunk);
            if (count < 0) {
                break;
            }
            add(chunk, count);
        }
        return this;
    }

    // Only a model with the defect goes on this far; its memory has an end all the same.
    boolean full() {
        return size > Math.max(limit, Limits.MAX_INFLATED) + Limits.RATIO_FREE;
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
