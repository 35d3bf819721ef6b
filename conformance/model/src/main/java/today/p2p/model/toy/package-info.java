/** A testee that serves the model, well or badly: who judges others proves itself on it. */
@NullMarked
package today.p2p.model.toy;

import org.jspecify.annotations.NullMarked;
