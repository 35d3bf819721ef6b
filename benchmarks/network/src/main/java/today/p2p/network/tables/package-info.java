/**
 * The work that the network benchmark measures with tables, done by tables of ours and by other libraries.
 *
 * <p>The way in is {@link today.p2p.network.tables.TableTrial}.
 */
@NullMarked
package today.p2p.network.tables;

import org.jspecify.annotations.NullMarked;
