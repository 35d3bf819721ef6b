package today.p2p.msgpack;

/** Integers that come up often, made once. */
final class SmallInts {
    private static final int LEAST = -32;
    private static final Value.Int[] SMALL = new Value.Int[1024];

    static {
        for (int index = 0; index < SMALL.length; index++) {
            SMALL[index] = new Value.Int(index + LEAST, false);
        }
    }

    private SmallInts() {}

    static Value.Int of(long value) {
        return value >= LEAST && value < SMALL.length + LEAST
                ? SMALL[(int) value - LEAST]
                : new Value.Int(value, false);
    }
}
