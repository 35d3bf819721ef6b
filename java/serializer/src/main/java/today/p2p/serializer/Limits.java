package today.p2p.serializer;

import today.p2p.msgpack.MsgpackCheck;

/**
 * How much a peer may ask of this side: {@code protocol-spec/registry/limits.csv}, one method or constant
 * for each row. Those that can be configured start from the registry's value. Immutable.
 */
public final class Limits {
    /** Deepest nesting of arrays and maps; the message array is level 1 (MPK-7). */
    public static final int MAX_DEPTH = MsgpackCheck.MAX_DEPTH;

    /** {@code max-items}: items of all arrays and maps of a message together (MPK-16). */
    public static final int MAX_ITEMS = MsgpackCheck.MAX_ITEMS;

    /** What a receiver may hold for a link beyond twice the bytes that arrived, in bytes (STR-4). */
    public static final int READ_BUFFER = 65536;

    /** Largest dictionary of an .xz stream and window of a Zstandard frame that is read, in bytes (CMP-16). */
    public static final int MAX_WINDOW = 8 << 20;

    /** The registry's values. */
    public static final Limits DEFAULT = new Builder().build();

    /** Headroom below the largest Java array, so that sums of a length and a header do not overflow. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 1024;

    private final int maxFrame;
    private final int maxInflated;
    private final int ratioFree;
    private final int maxRatio;
    private final int compressFrom;
    private final int compressSaves;

    private Limits(Builder builder) {
        maxFrame = builder.maxFrame;
        maxInflated = builder.maxInflated;
        ratioFree = builder.ratioFree;
        maxRatio = builder.maxRatio;
        compressFrom = builder.compressFrom;
        compressSaves = builder.compressSaves;
    }

    /** Limits like these, to be changed one by one. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxFrame = maxFrame;
        builder.maxInflated = maxInflated;
        builder.ratioFree = ratioFree;
        builder.maxRatio = maxRatio;
        builder.compressFrom = compressFrom;
        builder.compressSaves = compressSaves;
        return builder;
    }

    /** Largest body of a frame in bytes, the header not counted (FRM-5). */
    public int maxFrame() {
        return maxFrame;
    }

    /** Largest plain text, checksum and bare message, of a frame in bytes (CMP-3). */
    public int maxInflated() {
        return maxInflated;
    }

    /** Plain text up to so many bytes is accepted at any ratio (CMP-3). */
    public int ratioFree() {
        return ratioFree;
    }

    /** Largest ratio of plain text to body above {@link #ratioFree} (CMP-3). */
    public int maxRatio() {
        return maxRatio;
    }

    /** Plain text shorter than so many bytes is sent raw (CMP-13). */
    public int compressFrom() {
        return compressFrom;
    }

    /** Coding must save at least one part in so many (CMP-13). */
    public int compressSaves() {
        return compressSaves;
    }

    /** The most plain text, in bytes, that CMP-3 accepts from a compressed body of {@code bodyLength}. */
    public int inflatedFrom(int bodyLength) {
        long byRatio = (long) bodyLength * maxRatio;
        return (int) Math.min(maxInflated, Math.max(ratioFree, byRatio));
    }

    @Override
    public String toString() {
        return "Limits[maxFrame=" + maxFrame + ", maxInflated=" + maxInflated + ", ratioFree=" + ratioFree
                + ", maxRatio=" + maxRatio + ", compressFrom=" + compressFrom + ", compressSaves="
                + compressSaves + "]";
    }

    /** Starts from the registry's values. Not thread-safe. */
    public static final class Builder {
        private int maxFrame = 16 << 20;
        private int maxInflated = 16 << 20;
        private int ratioFree = 1 << 20;
        private int maxRatio = 2048;
        private int compressFrom = 256;
        private int compressSaves = 16;

        /** {@code bytes} in 32..2^31-1025. */
        public Builder maxFrame(int bytes) {
            maxFrame = within("max-frame", bytes, 32, MAX_ARRAY);
            return this;
        }

        /** {@code bytes} in 32..2^31-1025. */
        public Builder maxInflated(int bytes) {
            maxInflated = within("max-inflated", bytes, 32, MAX_ARRAY);
            return this;
        }

        /** {@code bytes} of 0 and above. */
        public Builder ratioFree(int bytes) {
            ratioFree = within("ratio-free", bytes, 0, MAX_ARRAY);
            return this;
        }

        /** {@code times} of 1 and above. */
        public Builder maxRatio(int times) {
            maxRatio = within("max-ratio", times, 1, Integer.MAX_VALUE);
            return this;
        }

        /** {@code bytes} of 0 and above. */
        public Builder compressFrom(int bytes) {
            compressFrom = within("compress-from", bytes, 0, Integer.MAX_VALUE);
            return this;
        }

        /** {@code parts} of 1 and above. */
        public Builder compressSaves(int parts) {
            compressSaves = within("compress-saves", parts, 1, Integer.MAX_VALUE);
            return this;
        }

        /** The limits as they now stand. */
        public Limits build() {
            return new Limits(this);
        }

        private static int within(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " " + value + " is not in " + least + ".." + most);
            }
            return value;
        }
    }
}
