/**
 * The Chord Tables of a simulated network (chapter 15): who holds which share, what is written and read, a watcher
 * of each share that looks at C-1 to C-6 of INVARIANTS.md after every event, and the ring as it should be, reckoned
 * apart from the code that is watched.
 */
@NullMarked
package today.p2p.simulator.ring;

import org.jspecify.annotations.NullMarked;
