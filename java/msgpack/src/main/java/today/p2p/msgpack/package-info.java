/**
 * The msgpack profile of chapter 3 of the specification, without the frames around it, and the words that
 * all parts of the protocol share: {@link today.p2p.msgpack.Bytes}, {@link today.p2p.msgpack.Value}, {@link
 * today.p2p.msgpack.ErrorCode}.
 *
 * <p>Bytes of a stranger pass {@link today.p2p.msgpack.MsgpackCheck} first; what it has accepted is read with
 * {@link today.p2p.msgpack.MsgpackReader}. The way out is {@link today.p2p.msgpack.MsgpackWriter}. Most
 * callers want the messages of {@code today.p2p.serializer}, which are made of these.
 *
 * <p>This package knows no socket, clock, thread, log or source of randomness. What is wrong with bytes is a
 * {@link today.p2p.msgpack.Malformed} value and never an exception; a caller's own mistake is an unchecked
 * exception that carries its code ({@link today.p2p.msgpack.NotEncodableException}).
 */
@NullMarked
package today.p2p.msgpack;

import org.jspecify.annotations.NullMarked;
