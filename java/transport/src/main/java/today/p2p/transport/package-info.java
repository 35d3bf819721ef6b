/**
 * Connections: what carries bytes from one program to another. TCP and TLS on Netty, with limits, deadlines,
 * back-pressure in both directions, typed reasons and a close that reports.
 *
 * <p>{@link today.p2p.transport.Transport} listens and dials, and gives each {@link
 * today.p2p.transport.Connection} a {@link today.p2p.transport.ConnectionHandler} that runs on the connection's
 * event loop. Whoever has messages rather than bytes takes {@code today.p2p.transport.messages} instead, which
 * is made of this.
 *
 * <p>{@code today.p2p.transport.netty} opens one. This package has the words, and no type of Netty.
 *
 * <p>Nothing here knows of frames, links or meshes of the protocol. It
 * implements no chapter of the specification; SUB-2 names the two encryptions that it offers.
 */
@NullMarked
package today.p2p.transport;

import org.jspecify.annotations.NullMarked;
