/** {@code p2p table} and {@code p2p ring}: shells on tables of both kinds, and the drawing of a ring. */
@NullMarked
package today.p2p.shell.tables;

import org.jspecify.annotations.NullMarked;
