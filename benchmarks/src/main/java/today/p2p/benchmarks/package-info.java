/**
 * Benchmarks: what this project costs beside what people would use instead.
 *
 * <p>All figures are ratios of one run. Nothing depends on this module.
 */
@NullMarked
package today.p2p.benchmarks;

import org.jspecify.annotations.NullMarked;
