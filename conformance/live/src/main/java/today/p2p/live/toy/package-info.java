/** A small node of the kit's own, good or with one deliberate defect, on which live cases are proven. */
@NullMarked
package today.p2p.live.toy;

import org.jspecify.annotations.NullMarked;
