/**
 * What is played in the simulator: scenario files in a small line language, random scenarios by seed, and
 * the large meshes of chapter 13.
 *
 * <p>The way in is {@link today.p2p.simulator.scenario.Main}, which {@code ./check sim} calls.
 */
@NullMarked
package today.p2p.simulator.scenario;

import org.jspecify.annotations.NullMarked;
