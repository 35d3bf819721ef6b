package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.serializer.FrameDecoderTest.assertRefused;
import static today.p2p.serializer.Samples.HEAD;
import static today.p2p.serializer.Samples.frame;
import static today.p2p.serializer.Samples.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** STR-1 to STR-4 and FRM-14. */
class FrameReaderTest {
    private static final byte[] SMALL = frame("94" + HEAD + "02");

    private final FrameReader reader = new FrameReader(Limits.DEFAULT, List.of());

    @Test
    void nothingIsMissingBeforeAFrameBegins() { // STR-3
        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(0));
        assertThat(reader.missing()).isZero();
    }

    @Test
    void eachByteLessensWhatIsMissing() { // STR-1, STR-3
        for (int at = 0; at < SMALL.length; at++) {
            assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(missing(at, SMALL.length)));
            assertThat(reader.missing()).isEqualTo(missing(at, SMALL.length));
            reader.feed(SMALL, at, 1);
        }
        assertThat(idsFrom(reader)).hasSize(1);
        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(0));
    }

    private static int missing(int there, int whole) {
        return there == 0 ? 0 : there < 4 ? 4 - there : whole - there;
    }

    @Test
    void aFrameIsYieldedWhenExactlyTheHeaderOfTheNextFollows() { // STR-2
        reader.feed(ByteBuffer.wrap(join(SMALL, SMALL), 0, SMALL.length + 4));

        assertThat(idsFrom(reader)).hasSize(1);
        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(SMALL.length - 4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyCutsYieldTheSameFramesInTheSameOrder(long seed) { // STR-1
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> frames = new ArrayList<>();
        for (int size : new int[] {0, 1, 200, 65_000, 65_600, 5, 300_000, 3, 70_000, 64_000, 1_500_000, 9}) {
            frames.add(Samples.frameOf(size + random.nextInt(3)));
        }
        byte[] stream = join(frames.toArray(new byte[0][]));
        List<Bytes> expected = new ArrayList<>();
        frames.forEach(each -> expected.add(Bytes.copyOf(each, 4, 32)));

        List<Bytes> ids = new ArrayList<>();
        int longest = 1 << random.nextInt(4, 18);
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(longest));
            reader.feed(stream, at, length);
            at += length;
            if (random.nextInt(3) > 0 || at == stream.length) {
                ids.addAll(idsFrom(reader));
            }
        }

        assertThat(ids).as("seed " + seed).isEqualTo(expected);
        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(0));
    }

    @Test
    void aReceivedFrameStaysWhatItWasWhenMoreBytesCome() { // FRM-10
        reader.feed(SMALL, 0, SMALL.length);
        Frame first = ((Decoded.Complete) reader.next()).frame();
        Bytes bare = Bytes.of(first.bare().toArray());

        byte[] other = frame("94" + HEAD + "03");
        reader.feed(other, 0, other.length);
        reader.next();

        assertThat(first.bare()).isEqualTo(bare);
        assertThat(first.message().payload()).containsExactly(Value.of(2));
    }

    @Test
    void afterAMalformedFrameNothingMoreIsAccepted() { // FRM-14
        byte[] bad = SMALL.clone();
        bad[40] ^= 1;
        reader.feed(join(SMALL, bad, SMALL), 0, 3 * SMALL.length);

        assertThat(idsFrom(reader)).hasSize(1);
        Decoded dead = reader.next();
        assertRefused(dead, ErrorCode.CHECKSUM, 0);
        reader.feed(SMALL, 0, SMALL.length);
        assertThat(reader.next()).isSameAs(dead);
        assertThat(reader.next(new MessageView())).isFalse();
        assertThat(reader.malformed()).contains(((Decoded.Refused) dead).malformed());
        assertThat(reader.missing()).isZero();
    }

    @Test
    void aLengthAboveTheLimitIsRefusedAtTheHeader() { // FRM-5
        reader.feed(new byte[] {1, 0, 0}, 0, 3);
        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(1));
        reader.feed(new byte[] {1}, 0, 1);

        assertRefused(reader.next(), ErrorCode.LIMIT, 0);
    }

    @Test
    void aLengthBelowAChecksumIsRefusedAtTheHeader() { // FRM-6
        reader.feed(new byte[] {0, 0, 0, 31}, 0, 4);

        assertRefused(reader.next(), ErrorCode.SHORT, 0);
    }

    @Test
    void aViewShowsEachFrameInTurn() {
        reader.feed(
                join(SMALL, Samples.frameOf(100_000), SMALL), 0, 2 * SMALL.length + Samples.frameOf(100_000).length);
        MessageView view = new MessageView();

        assertThat(reader.next(view)).isTrue();
        assertThat(view.payload().readLong()).isEqualTo(2);
        assertThat(reader.next(view)).isTrue();
        assertThat(view.payload().readBytes().length()).isEqualTo(100_000);
        assertThat(view.bareLength()).isGreaterThan(100_000);
        assertThat(reader.next(view)).isTrue();
        assertThat(view.toFrame().bare()).isEqualTo(Bytes.copyOf(SMALL, 36, SMALL.length - 36));
        assertThat(view.id()).isEqualTo(Bytes.copyOf(SMALL, 4, 32));
        assertThat(reader.next(view)).isFalse();
        assertThat(reader.malformed()).isEmpty();
    }

    @Test
    void aClaimOfALargeFrameTakesNoMemory() { // STR-4
        byte[] header = {0, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        Allocations.warmUp();
        reader.feed(header, 0, 4);

        long allocated = Allocations.during(() -> reader.next());

        assertThat(allocated).isLessThan(Limits.READ_BUFFER);
    }

    @Test
    void aLargeFrameTakesTwiceItsBytesAtMost() { // STR-4
        byte[] frame = Samples.frameOf(4_000_000);
        Allocations.warmUp();

        long allocated = Allocations.during(() -> {
            for (int at = 0; at < frame.length; at += 1000) {
                reader.feed(frame, at, Math.min(1000, frame.length - at));
                reader.next();
            }
        });

        assertThat(reader.next()).isEqualTo(new Decoded.NeedMore(0));
        // All that was ever allocated, garbage and the answers of next() included.
        assertThat(allocated).isBetween(2L * frame.length, 2L * frame.length + 10 * Limits.READ_BUFFER);
    }

    @Test
    void aLargeFrameThatComesInPiecesIsCopiedOnceAndStaysWhatItWas() {
        List<byte[]> sent = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            sent.add(Samples.frameOf(65_700 + number));
        }
        byte[] stream = join(sent.toArray(new byte[0][]));
        List<Frame> frames = new ArrayList<>(sent.size());
        MessageView view = new MessageView();
        Allocations.warmUp();

        long allocated = Allocations.during(() -> {
            for (int at = 0; at < stream.length; at += 65_536) {
                reader.feed(stream, at, Math.min(65_536, stream.length - at));
                while (reader.nextLight(view)) {
                    frames.add(reader.toFrame(view));
                }
            }
        });

        assertThat(frames).extracting(Frame::id).isEqualTo(ids(sent));
        assertThat(frames).allSatisfy(frame -> assertThat(frame.bare().sha256()).isEqualTo(frame.id()));
        assertThat(allocated).isLessThan(stream.length * 5L / 4);
    }

    private static List<Bytes> ids(List<byte[]> frames) {
        return frames.stream().map(frame -> Bytes.copyOf(frame, 4, 32)).toList();
    }

    @Test
    void whoHasReadMuchAndHoldsLittleGivesItsBufferToOthers() { // STR-4
        Workspace work = new Workspace();
        FrameReader shared = new FrameReader(Limits.DEFAULT, List.of(), work);
        byte[] chunk = Samples.repeat(Bytes.of(SMALL).hex(), 65_536 / SMALL.length);
        shared.feed(join(chunk, SMALL), 0, chunk.length + 10);
        assertThat(idsFrom(shared)).hasSize(chunk.length / SMALL.length);

        assertThat(work.takeBuffer(10)).as("for a few bytes").isEmpty();
        assertThat(work.takeBuffer(60_000)).hasSizeGreaterThanOrEqualTo(60_000);
        assertThat(shared.missing()).isEqualTo(SMALL.length - 10);
        shared.feed(SMALL, 10, SMALL.length - 10);
        assertThat(idsFrom(shared)).hasSize(1);
    }

    private static List<Bytes> idsFrom(FrameReader reader) {
        List<Bytes> ids = new ArrayList<>();
        Decoded next = reader.next();
        while (next instanceof Decoded.Complete complete) {
            ids.add(complete.frame().id());
            next = reader.next();
        }
        return ids;
    }
}
