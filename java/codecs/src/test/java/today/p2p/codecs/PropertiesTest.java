package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;
import static today.p2p.codecs.RandomMessages.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quicktheories.QuickTheory;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * What holds for any message. A failure prints the seed; {@code -Dp2p.seed=N} tries it again,
 * {@code -Dp2p.examples=N} tries more.
 */
class PropertiesTest {
    private static final long SEED = Long.getLong("p2p.seed", 20261121);
    private static final int EXAMPLES = Integer.getInteger("p2p.examples", 500);

    @Test
    void whatIsEncodedIsDecodedUnderEveryCodec() {
        // FRM-1 to FRM-4, MPK-1, CMP-6
        theory().forAll(messages(), integers().between(-1, Codecs.available().size() - 1))
                .checkAssert((message, number) -> {
                    Codec codec = number < 0 ? null : Codecs.available().get(number);
                    PackedMessage packed = PackedMessage.of(message, Limits.DEFAULT);

                    Frame frame = decode(packed.frameFor(codec));

                    assertThat(frame.message()).isEqualTo(message);
                    assertThat(frame.id())
                            .isEqualTo(packed.id())
                            .isEqualTo(packed.bare().sha256());
                });
    }

    @Test
    void aRelayPassesOnTheBytesThatItGot() {
        // FRM-10: from any codec to any other, nothing is encoded again.
        theory().forAll(messages(), integers().between(0, Codecs.available().size() - 1))
                .checkAssert((message, number) -> {
                    PackedMessage sent = PackedMessage.of(message, Limits.DEFAULT);

                    Frame relayed = decode(sent.frameFor(Codecs.available().get(number)));

                    assertThat(relayed.bare()).isEqualTo(sent.bare());
                    assertThat(relayed.packed().bare()).isEqualTo(sent.bare());
                    assertThat(relayed.packed().frameFor(null)).isEqualTo(sent.frameFor(null));
                });
    }

    @Test
    void encodingIsAFunctionOfTheMessage() {
        // FRM-12
        theory().forAll(messages()).checkAssert(message -> {
            Bytes once = PackedMessage.of(message, Limits.DEFAULT).bare();
            Message read = decode(Frames.around(once)).message();
            Bytes again = PackedMessage.of(read, Limits.DEFAULT).bare();

            assertThat(again).isEqualTo(once);
        });
    }

    @Test
    void aStreamGivesTheSameFramesHoweverItIsCut() {
        // STR-1, STR-2, STR-3
        theory().forAll(lists().of(messages()).ofSizeBetween(0, 5), longs().all())
                .checkAssert((sent, seed) -> {
                    List<Bytes> frames = new ArrayList<>();
                    for (int i = 0; i < sent.size(); i++) {
                        Codec codec =
                                Codecs.available().get(i % Codecs.available().size());
                        frames.add(PackedMessage.of(sent.get(i), Limits.DEFAULT).frameFor(codec));
                    }

                    assertThat(readInPieces(joined(frames), new Random(seed))).isEqualTo(sent);
                });
    }

    @Test
    void anotherMsgpackLibraryReadsTheSame() {
        // MPK-12 to MPK-14
        theory().forAll(messages()).checkAssert(message -> {
            Bytes bare = PackedMessage.of(message, Limits.DEFAULT).bare();

            assertThat(MsgpackOracle.read(bare)).isEqualTo(MsgpackOracle.asArray(message));
        });
    }

    @Test
    void whatAnotherMsgpackLibraryWritesIsRead() {
        // MPK-1, MPK-2
        theory().forAll(messages()).checkAssert(message -> {
            Bytes bare = MsgpackOracle.write(MsgpackOracle.asArray(message));

            assertThat(decode(Frames.around(bare)).message()).isEqualTo(message);
        });
    }

    private static QuickTheory theory() {
        return QuickTheory.qt().withFixedSeed(SEED).withExamples(EXAMPLES).withShrinkCycles(200);
    }

    private static Frame decode(Bytes frame) {
        Decoded decoded = new FrameDecoder(Limits.DEFAULT, Codecs.available()).decode(frame);
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete) decoded).frame();
    }

    private static List<Message> readInPieces(byte[] stream, Random cuts) {
        FrameReader reader = new FrameReader(Limits.DEFAULT, Codecs.available());
        List<Message> read = new ArrayList<>();
        int at = 0;
        do {
            int piece = Math.min(stream.length - at, cuts.nextInt(cuts.nextBoolean() ? 8 : 2000));
            reader.feed(stream, at, piece);
            at += piece;
            Decoded next = reader.next();
            for (; next instanceof Decoded.Complete complete; next = reader.next()) {
                read.add(complete.frame().message());
            }
            assertThat(next).isInstanceOf(Decoded.NeedMore.class);
            assertThat(((Decoded.NeedMore) next).missing()).isLessThanOrEqualTo(Math.max(4, stream.length - at));
        } while (at < stream.length);
        assertThat(reader.missing()).isZero();
        return read;
    }

    private static byte[] joined(List<Bytes> frames) {
        byte[] all = new byte[frames.stream().mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes frame : frames) {
            frame.copyTo(all, at);
            at += frame.length();
        }
        return all;
    }
}
