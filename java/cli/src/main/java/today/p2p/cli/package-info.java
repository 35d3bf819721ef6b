/**
 * The program {@code p2p}: looks into frames and ids, judges implementations, plays the testee of the
 * reference implementation.
 *
 * <p>{@link today.p2p.cli.Main} is the way in. Each command is one class; what it prints is made by classes
 * that know nothing of the command line. Results go to standard output, complaints to standard error, and
 * the exit code says how it went: see {@link today.p2p.terminal.ExitCode}.
 */
@NullMarked
package today.p2p.cli;

import org.jspecify.annotations.NullMarked;
