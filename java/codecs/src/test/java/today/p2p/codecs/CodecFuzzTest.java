package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;

/**
 * A fuzz target for each codec: any bytes are read within the limit or refused with CODEC or BOMB
 * (CMP-2, CMP-3), and what was read can be written and read again. The kept inputs lie in {@code
 * CodecFuzzTestInputs} among the resources, for {@link KeptStreamsTest}.
 */
class CodecFuzzTest {
    private static final int LIMIT = 1 << 16;

    @FuzzTest
    void zlib(byte[] body) {
        check(Streams.codec("zlib"), body);
    }

    @FuzzTest
    void gzip(byte[] body) {
        check(Streams.codec("gzip"), body);
    }

    @FuzzTest
    void bz2(byte[] body) {
        check(Streams.codec("bz2"), body);
    }

    @FuzzTest
    void lzma(byte[] body) {
        check(Streams.codec("lzma"), body);
    }

    @FuzzTest
    void snappy(byte[] body) {
        check(Streams.codec("snappy"), body);
    }

    @FuzzTest
    void lz4(byte[] body) {
        check(Streams.codec("lz4"), body);
    }

    @FuzzTest
    void zstd(byte[] body) {
        check(Streams.codec("zstd"), body);
    }

    private static void check(Codec codec, byte[] body) {
        codec.begins(body, 0, body.length);
        BoundedOutput out = new BoundedOutput(LIMIT);
        Malformed malformed = codec.decompress(body, 0, body.length, out).orElse(null);

        assertThat(out.array().length).isLessThanOrEqualTo(LIMIT + 1);
        if (malformed != null) {
            assertThat(malformed.code()).isIn(ErrorCode.CODEC, ErrorCode.BOMB);
            return;
        }
        assertThat(out.size()).isLessThanOrEqualTo(LIMIT);
        byte[] plain = out.toBytes().toArray();
        assertThat(Streams.decompressed(codec, Streams.compressed(codec, plain), plain.length))
                .isEqualTo(Bytes.of(plain));
    }
}
