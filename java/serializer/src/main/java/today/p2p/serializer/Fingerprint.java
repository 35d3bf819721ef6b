package today.p2p.serializer;

/** The hash of one whole value of checked msgpack, without recursion. Reusable, not thread-safe. */
final class Fingerprint {
    private final int[] left = new int[Limits.MAX_DEPTH + 1];
    private final Token token = new Token();
    private final KeyHash hash;
    private final HashStack stack;

    Fingerprint(KeyHash hash) {
        this.hash = hash;
        stack = new HashStack(hash);
    }

    /** The hash of the item at {@code from}. */
    long of(byte[] bytes, int from) {
        stack.clear();
        int depth = 0;
        int at = from;
        while (true) {
            token.read(bytes, at);
            at = token.next;
            long item;
            if (token.isContainer()) {
                stack.open(token);
                left[depth++] = token.children();
                if (token.length > 0) {
                    continue;
                }
                item = stack.close();
                depth--;
            } else {
                item = hash.ofScalar(bytes, token);
            }
            while (depth > 0) {
                stack.add(item);
                if (--left[depth - 1] > 0) {
                    break;
                }
                item = stack.close();
                depth--;
            }
            if (depth == 0) {
                return item;
            }
        }
    }
}
