/**
 * Long runs against living nodes in processes of their own: what they stand, and what they cost. {@link
 * today.p2p.rigs.Rigs} is the way in, by {@code ./check rigs}. Attackers and idle peers are plain sockets with frames of
 * their own making.
 */
@NullMarked
package today.p2p.rigs;

import org.jspecify.annotations.NullMarked;
