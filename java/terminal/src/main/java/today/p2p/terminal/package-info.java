/**
 * What all commands share: where they read and write ({@link today.p2p.terminal.Terminal}), how a value or a
 * stranger's text is shown ({@link today.p2p.terminal.Readable}), how a mistake is told ({@link
 * today.p2p.terminal.Complaint}), and the exit codes.
 */
@NullMarked
package today.p2p.terminal;

import org.jspecify.annotations.NullMarked;
