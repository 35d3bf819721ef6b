/**
 * The Sync Tables of a simulated network (chapter 14): who holds which, what is written, and a watcher of each
 * replica that looks at S-1 and S-4 to S-7 of INVARIANTS.md after every event.
 */
@NullMarked
package today.p2p.simulator.tables;

import org.jspecify.annotations.NullMarked;
