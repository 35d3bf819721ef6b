/**
 * A testee as a process: started with a scrubbed environment, spoken to in testee protocol 1 under deadlines, and started
 * again after a fault. Knows the form of requests and replies, nothing of what is asked.
 *
 * <p>Entry: {@link today.p2p.conformance.process.Session}.
 */
@NullMarked
package today.p2p.conformance.process;

import org.jspecify.annotations.NullMarked;
