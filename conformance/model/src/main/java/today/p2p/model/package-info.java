/**
 * The protocol a second time, for judging others: written from the chapters of {@code protocol-spec/} and from nothing
 * else.
 *
 * <p>{@link today.p2p.model.Model} answers every operation of the testee protocol on values; {@link
 * today.p2p.model.Judge} compares an answer with what a vector expects; {@link today.p2p.model.Dissection} names the
 * bytes of a frame. The code is plain on purpose: a reader should be able to hold each rule against its clause. It knows
 * no product code (the build bans it), no sockets and no clock.
 */
@NullMarked
package today.p2p.model;

import org.jspecify.annotations.NullMarked;
