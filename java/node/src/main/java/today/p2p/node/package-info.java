/**
 * The node stage: one machine made of links' verdicts, the mesh, and a table if there is one (chapters 12 to 15).
 * The way in is {@link today.p2p.node.Node}; here is the only switch over opcodes. This package knows no
 * socket, clock, thread or source of randomness: time and generator are arguments.
 */
@NullMarked
package today.p2p.node;

import org.jspecify.annotations.NullMarked;
