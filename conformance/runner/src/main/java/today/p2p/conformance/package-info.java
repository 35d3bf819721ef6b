/**
 * The conformance runner: starts implementations in any language as processes, speaks testee protocol 1 with them, and
 * judges their answers against the vectors with the help of an independent model of the protocol. Knows nothing of the
 * Java implementation: to it, that one is a testee like any other.
 *
 * <p>Entry: {@link today.p2p.conformance.ConformCommand}. What a run found is a {@link
 * today.p2p.report.RunReport}, a tree of immutable records from which every report is written.
 */
@NullMarked
package today.p2p.conformance;

import org.jspecify.annotations.NullMarked;
