/**
 * What the commands that join a network have in common, and {@code p2p node}, the plainest of them. Each is a thin shell
 * around an object of the library: {@link today.p2p.shell.chat} around a mesh with people, {@link today.p2p.shell.tables}
 * around tables.
 */
@NullMarked
package today.p2p.shell;

import org.jspecify.annotations.NullMarked;
