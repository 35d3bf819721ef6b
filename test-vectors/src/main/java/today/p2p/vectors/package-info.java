/** The test vectors of the protocol, as data: {@link today.p2p.vectors.Suite#load()} is the way in. */
@NullMarked
package today.p2p.vectors;

import org.jspecify.annotations.NullMarked;
