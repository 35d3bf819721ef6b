package today.p2p.simulator;

import today.p2p.kernel.Time;

/**
 * What the network is like. Times are in nanoseconds.
 *
 * @param delay that every chunk takes from one end of a connection to the other
 * @param jitter up to which is drawn beside it; chunks of one direction never overtake each other
 * @param chunk bytes of the largest piece that arrives at once; the pieces are cut anywhere
 * @param window bytes that one direction holds between the sender and a receiver that does not read
 * @param hop up to which is drawn between a link's verdict and the node stage, as if on another thread
 * @param connectTimeout after which a dial that nobody answers has failed
 */
public record Conditions(long delay, long jitter, int chunk, int window, long hop, long connectTimeout) {
    private static final long MILLISECOND = Time.SECOND / 1000;

    /** A quiet network: 10 ms, no jitter, ordinary pieces, 64 KiB under way. */
    public static final Conditions QUIET = new Conditions(10 * MILLISECOND, 0, 1460, 65_536, 0, 10 * Time.SECOND);

    public Conditions {
        boolean sound = delay >= 0 && jitter >= 0 && hop >= 0 && connectTimeout >= 1;
        if (!sound || chunk < 1 || window < 1) {
            throw new IllegalArgumentException("times are 0 and above, sizes 1 and above");
        }
    }

    /** The same with another delay and jitter. */
    public Conditions withDelay(long newDelay, long newJitter) {
        return new Conditions(newDelay, newJitter, chunk, window, hop, connectTimeout);
    }

    /** The same with another size of the largest piece. */
    public Conditions withChunk(int newChunk) {
        return new Conditions(delay, jitter, newChunk, window, hop, connectTimeout);
    }

    /** The same with another bound of what is under way. */
    public Conditions withWindow(int newWindow) {
        return new Conditions(delay, jitter, chunk, newWindow, hop, connectTimeout);
    }

    /** The same with another delay before the node stage. */
    public Conditions withHop(long newHop) {
        return new Conditions(delay, jitter, chunk, window, newHop, connectTimeout);
    }
}
