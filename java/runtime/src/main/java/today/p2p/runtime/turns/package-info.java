/**
 * The order in which one thread does what many give it: tasks as they were given ({@link
 * today.p2p.runtime.turns.Inbox}), or in turns by what they cost ({@link today.p2p.runtime.turns.Turns}), and where
 * exceptions go that nobody else can take.
 */
@NullMarked
package today.p2p.runtime.turns;

import org.jspecify.annotations.NullMarked;
