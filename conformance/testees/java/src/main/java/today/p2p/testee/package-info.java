/**
 * The reference implementation behind the testee protocol ({@code protocol-spec/testee-protocol.md}): one
 * JSON object a line, in and out, so that a conformance runner can ask it what it makes of some bytes.
 *
 * <p>{@link today.p2p.testee.TesteeMain} is the program; {@link today.p2p.testee.Notation} writes msgpack
 * values as JSON. Everything that the protocol itself says is decided in the modules under {@code java/};
 * what stands here only translates.
 */
@NullMarked
package today.p2p.testee;

import org.jspecify.annotations.NullMarked;
