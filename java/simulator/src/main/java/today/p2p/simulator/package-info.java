/**
 * Whole networks in one thread: the link and node machines as they run in earnest, and around them a virtual
 * clock, virtual connections and their faults, all drawn from one seed (chapters 12 and 13).
 *
 * <p>The way in is {@link today.p2p.simulator.Simulation}; {@link today.p2p.simulator.Main} runs scenario
 * files and random scenarios. Bytes between nodes are the bytes of real links: frames, checksums, codecs. This
 * package knows no socket, no real clock and no thread, and only Main reads files.
 */
@NullMarked
package today.p2p.simulator;

import org.jspecify.annotations.NullMarked;
