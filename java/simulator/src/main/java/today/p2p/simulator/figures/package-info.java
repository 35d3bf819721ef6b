/**
 * What a Chord Table is measured to do in simulated networks: hops, correct reads under churn, what crashes cost, what
 * upkeep costs, and how long a ring takes to heal. {@code ./check sim --figures chord} prints the page.
 */
@NullMarked
package today.p2p.simulator.figures;

import org.jspecify.annotations.NullMarked;
