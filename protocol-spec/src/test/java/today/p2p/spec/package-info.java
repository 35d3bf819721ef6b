/** Holds the text of the specification, its registries, its examples and the vectors together. */
@NullMarked
package today.p2p.spec;

import org.jspecify.annotations.NullMarked;
