package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.BoundedOutput;

/**
 * Our readers of LZ4 and snappy blocks against those of the libraries, on blocks with a few bytes
 * changed.
 */
class LibraryOracleTest {
    private static final long SEED = Long.getLong("p2p.seed", 20261121);
    private static final int ROUNDS = Integer.getInteger("p2p.rounds", 20_000);

    private final Random random = new Random(SEED);

    @Test
    void snappyBlocksAreJudgedAsByTheLibrary() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = changed(Snappy.compress(plain()));
            BoundedOutput out = new BoundedOutput(1 << 20);
            boolean sound =
                    new SnappyBlock().decompress(body, 0, body.length, out).isEmpty();

            assertThat(sound)
                    .as("seed %d, round %d: %s", SEED, round, Bytes.of(body))
                    .isEqualTo(isSound(body));
            if (sound) {
                assertThat(out.toBytes()).isEqualTo(Bytes.of(Snappy.uncompress(body)));
            }
        }
    }

    @Test
    void lz4BlocksThatBothAcceptAreReadTheSame() {
        // The judgements differ at two places: the library lets a distance of 0 pass, and refuses a
        // copy near the end.
        LZ4Factory library = LZ4Factory.safeInstance();
        int both = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = changed(library.fastCompressor().compress(plain()));
            Optional<Bytes> theirs = decompressed(library.safeDecompressor(), body);
            Optional<Bytes> ours = decompressed(body);
            if (theirs.isPresent() && ours.isPresent()) {
                assertThat(ours)
                        .as("seed %d, round %d: %s", SEED, round, Bytes.of(body))
                        .isEqualTo(theirs);
                both++;
            }
        }
        assertThat(both).isGreaterThan(ROUNDS / 2);
    }

    private byte[] plain() {
        byte[] text = Streams.text(random.nextInt(300));
        for (int i = random.nextInt(20); i > 0 && text.length > 0; i--) {
            text[random.nextInt(text.length)] = (byte) random.nextInt();
        }
        return text;
    }

    private byte[] changed(byte[] body) {
        for (int i = random.nextInt(3); i > 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return body;
    }

    private static boolean isSound(byte[] body) throws IOException {
        // The library's judge has no limit; ours has one of 1 MiB, far above what these blocks
        // give.
        return Snappy.isValidCompressedBuffer(body) && Snappy.uncompressedLength(body) <= 1 << 20;
    }

    private static Optional<Bytes> decompressed(LZ4SafeDecompressor library, byte[] body) {
        try {
            return Optional.of(Bytes.of(library.decompress(body, 1 << 16)));
        } catch (LZ4Exception corrupt) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> decompressed(byte[] body) {
        BoundedOutput out = new BoundedOutput(1 << 16);
        try {
            Lz4Block.inflate(body, 0, body.length, out, 0, 1 << 16);
            return Optional.of(out.toBytes());
        } catch (Refusal refused) {
            return Optional.empty();
        }
    }
}
