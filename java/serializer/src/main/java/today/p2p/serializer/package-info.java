/**
 * Bytes to messages and back: frames, streams, opcodes and limits.
 *
 * <p>Implements chapters 2 and 6 of the specification ({@code protocol-spec/}). Clauses are cited by
 * their id, such as FRM-5. The way in is {@link today.p2p.serializer.FrameReader}, which turns the
 * chunks of a link into {@link today.p2p.serializer.Frame}s; the way out is {@link
 * today.p2p.serializer.PackedMessage} for a message that goes to many links, and {@link
 * today.p2p.serializer.MessageWriter} for one that is written field by field into a buffer.
 *
 * <p>This package knows no socket, clock, thread, log or source of randomness. Bytes from a peer are
 * claims: what is wrong with them is a {@link today.p2p.msgpack.Malformed} value and never an
 * exception; a caller's own mistake is an unchecked exception that carries its {@link
 * today.p2p.msgpack.ErrorCode} ({@link today.p2p.msgpack.NotEncodableException}).
 */
@NullMarked
package today.p2p.serializer;

import org.jspecify.annotations.NullMarked;
