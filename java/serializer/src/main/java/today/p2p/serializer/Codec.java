package today.p2p.serializer;

import java.util.Optional;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/**
 * One way to compress a body: a row of {@code protocol-spec/registry/codecs.csv} (CMP-1).
 *
 * <p>Implementations are safe for use by several threads at once, since one instance serves all links; a
 * costly native context is kept in a pool of the implementation's own. They never throw on bad bytes, never
 * keep an array that they were given, and never allocate in proportion to a number that the stream claims.
 */
public interface Codec {

    /** The registry's name, such as {@code zlib}. */
    String name();

    /** The registry's number, such as 0x13, as it stands in a handshake's list. */
    int code();

    /**
     * Whether streams of this codec can be told by how they begin. The one without (snappy) is tried after
     * everything else (CMP-7).
     */
    boolean hasMagic();

    /**
     * Whether {@code length} bytes at {@code offset} begin with the magic of this codec (registry, column
     * {@code magic}); false for a codec without magic. Reads at most the first 16 bytes. No two codecs
     * answer true for the same bytes.
     */
    boolean begins(byte[] body, int offset, int length);

    /**
     * Compresses {@code length} bytes at {@code offset} into {@code out} as one stream of the container.
     *
     * @return false as soon as the stream would pass the limit of {@code out}, which then holds nothing of
     *     use; the caller sends raw (CMP-13)
     */
    boolean compress(byte[] plain, int offset, int length, BoundedOutput out);

    /**
     * Decompresses exactly one stream, which must fill the {@code length} bytes at {@code offset} (CMP-2).
     *
     * @param out takes the plain text; empty when handed in; its limit is what CMP-3 allows for this body
     * @return empty when the stream was whole; otherwise {@link ErrorCode#CODEC} or, as soon as {@code out}
     *     has {@linkplain BoundedOutput#passed passed} its limit, {@link ErrorCode#BOMB}, with offset 0
     */
    Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out);
}
