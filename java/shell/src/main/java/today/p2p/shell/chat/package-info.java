/** {@code p2p chat}: the chat as a machine, and what carries it out. */
@NullMarked
package today.p2p.shell.chat;

import org.jspecify.annotations.NullMarked;
