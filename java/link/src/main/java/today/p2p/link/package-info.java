/**
 * One link between two nodes: the rules of chapter 7.1 of the specification.
 *
 * <p>The way in is {@link today.p2p.link.DuplicateLink}. This package knows no socket, clock,
 * thread or source of randomness.
 */
@NullMarked
package today.p2p.link;

import org.jspecify.annotations.NullMarked;
