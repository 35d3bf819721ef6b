package today.p2p.link;

import today.p2p.kernel.Time;

/**
 * The broadcasts that a node has handled and remembers: a frame that claims the id of one is a copy of it, or a
 * forgery, and is dropped before it is hashed (MSH-30). Asked on the threads of all links.
 */
@FunctionalInterface
public interface SeenFrames {
    /** None. */
    SeenFrames NONE = (bytes, at, now) -> false;

    /** Whether the 32 bytes at {@code at} are the id of one. */
    boolean holds(byte[] bytes, int at, Time now);
}
