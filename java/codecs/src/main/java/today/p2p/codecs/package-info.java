/**
 * The codecs of chapter 4 of the specification: how one container is read from a stranger and
 * written.
 *
 * <p>The way in is {@link today.p2p.codecs.Codecs}, which says which codecs this process
 * has. zlib and gzip are the JDK's; the others need a library each, all of them optional. Whatever
 * a container is, its plain text goes into a {@link today.p2p.serializer.BoundedOutput}, and bad
 * bytes are a {@link today.p2p.msgpack.Malformed}.
 */
@NullMarked
package today.p2p.codecs;

import org.jspecify.annotations.NullMarked;
