package today.p2p.msgpack;

/**
 * How many items each open array or map of a message that is being written still wants. Not thread-safe.
 */
final class Nesting {
    private int itemsLeft;
    private final int[] outer = new int[MsgpackCheck.MAX_DEPTH];
    private int depth;
    private int left;

    /** Begins the message array, which is level 1 (MPK-7). */
    void begin(int items) {
        depth = 1;
        left = items;
        itemsLeft = MsgpackCheck.MAX_ITEMS;
        countItems(items);
    }

    /** Forgets the message: nothing may be written until the next one begins. */
    void abandon() {
        depth = 0;
        left = 0;
    }

    /** Counts one item. */
    void item() {
        if (left == 0) {
            leaveComplete();
        }
        left--;
    }

    /** Begins an array or map that itself has been counted. */
    void open(int items) {
        if (depth == MsgpackCheck.MAX_DEPTH) {
            abandon();
            throw new NotEncodableException(
                    ErrorCode.LIMIT, "nested deeper than " + MsgpackCheck.MAX_DEPTH + " levels");
        }
        countItems(items);
        outer[depth++] = left;
        left = items;
    }

    private void countItems(int items) {
        if (items > itemsLeft) {
            abandon();
            throw new NotEncodableException(
                    ErrorCode.LIMIT, "more than " + MsgpackCheck.MAX_ITEMS + " items in one message");
        }
        itemsLeft -= items;
    }

    /** Checks that nothing more is wanted. */
    void end() {
        while (depth > 1 && left == 0) {
            left = outer[--depth];
        }
        int missing = left;
        boolean isBegun = depth > 0;
        abandon();
        if (!isBegun || missing > 0) {
            throw new IllegalStateException(
                    isBegun ? "an array or map wants " + missing + " more items" : "no message is begun");
        }
    }

    private void leaveComplete() {
        while (depth > 1 && left == 0) {
            left = outer[--depth];
        }
        if (left == 0) {
            abandon();
            throw new IllegalStateException("one item more than was announced");
        }
    }
}
