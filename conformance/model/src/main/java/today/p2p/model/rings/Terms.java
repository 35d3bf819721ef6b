package today.p2p.model.rings;

import java.math.BigInteger;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/**
 * What a node of a Chord Table is given.
 *
 * @param id of the node, as a number
 * @param limits of the registry by name; those that are absent are the registry's
 * @param timers of the registry by name, in seconds
 * @param size how many bytes a value has in its shortest form
 */
public record Terms(BigInteger id, JsonNode limits, JsonNode timers, ToIntFunction<JsonNode> size) {
    static final int COPIES = 2;
    static final int MAX_KEY = 4096;
    static final int MAX_VALUE = 1 << 20;

    private static final int POSITION = 256;
    private static final int ITEM = 32;
    private static final double SECOND = 1000;

    long limit(String name, long standard) {
        return limits.path(name).asLong(standard);
    }

    /** A timer in milliseconds. */
    long timer(String name, int standard) {
        return (long) (timers.path(name).asDouble(standard) * SECOND);
    }

    // CRD-28, CRD-36.
    long forgetAfter() {
        return timer("forget-after", 15);
    }

    // CRD-10.
    long cost(JsonNode value, RingDefect.Flaws flaws) {
        long inside = flaws.has(RingDefect.ITEMS_COST_NOTHING) ? 0 : (long) ITEM * Items.inside(value);
        return (flaws.has(RingDefect.HEAD_COSTS_128) ? POSITION / 2 : POSITION) + size.applyAsInt(value) + inside;
    }
}
