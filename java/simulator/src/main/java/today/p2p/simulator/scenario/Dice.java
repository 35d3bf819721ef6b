package today.p2p.simulator.scenario;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.kernel.Time;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;

/**
 * What a seed decides in scenarios that are left to chance. Apart from the chances of the simulation: what is decided here does
 * not depend on what the machines draw.
 */
final class Dice {
    static final long MILLISECOND = Time.SECOND / 1000;

    private final RandomGenerator random;

    Dice(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
    }

    /** 0 to one less than that. */
    int below(int sides) {
        return random.nextInt(sides);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** A time from 0 to that. */
    long upTo(long nanos) {
        return random.nextLong(nanos + 1);
    }

    <T> T oneOf(List<T> all) {
        return all.get(below(all.size()));
    }

    /**
     * A network with delays.
     *
     * @param chunk draws the size of the largest piece that arrives at once
     * @param leastWindow bytes that are under way at least before a sender waits
     */
    Conditions conditions(long mostJitter, IntSupplier chunk, int leastWindow) {
        return Conditions.QUIET
                .withDelay(upTo(80 * MILLISECOND), upTo(mostJitter))
                .withChunk(chunk.getAsInt())
                .withWindow(leastWindow + below(60_000))
                .withHop(coin() ? 0 : upTo(5 * MILLISECOND));
    }

    /** One of nine faults, of a node or of what is between it and another one. */
    void fault(int which, Simulation simulation, int one, int other) {
        switch (which) {
            case 0 -> simulation.crash(one);
            case 1 -> simulation.kill(one);
            case 2 -> simulation.restart(one);
            case 3 -> simulation.reset(one, other);
            case 4 -> simulation.stall(one, other, true);
            case 5 -> simulation.stall(one, other, false);
            case 6 -> simulation.partition(List.of(List.of(one), List.of(other)));
            case 7 -> simulation.heal();
            case 8 -> simulation.skew(one, upTo(150 * Time.SECOND) - 75 * Time.SECOND);
            default -> throw new IllegalArgumentException("there is no fault " + which);
        }
    }
}
