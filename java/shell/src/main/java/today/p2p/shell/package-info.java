/**
 * The commands that join a network. Each is a thin shell around an object of the library; what a chat does is a machine
 * without a network, {@link today.p2p.shell.Chat}.
 */
@NullMarked
package today.p2p.shell;

import org.jspecify.annotations.NullMarked;
