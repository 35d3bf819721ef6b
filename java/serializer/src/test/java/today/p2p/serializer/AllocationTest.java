package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.serializer.Samples.HEAD;
import static today.p2p.serializer.Samples.frame;
import static today.p2p.serializer.Samples.hex;
import static today.p2p.serializer.Samples.join;
import static today.p2p.serializer.Samples.repeat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;

/** Memory: none where none is needed, and never more than the message is large. */
class AllocationTest {
    private static final Value.Text SENDER = Value.of("a");

    private final byte[] buffer = new byte[100_000];
    private final MessageWriter writer = new MessageWriter(Limits.DEFAULT);
    private final FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
    private final MessageView view = new MessageView();

    @Test
    void writingAStructIntoACallersBufferAllocatesNothing() {
        assertThat(Allocations.perRun(this::writeStruct)).isZero();
    }

    @Test
    void writingALargeBinaryIntoACallersBufferAllocatesNothing() {
        byte[] large = new byte[70_000];

        assertThat(Allocations.perRun(() -> {
                    writer.begin(buffer, 0, 2, SENDER, 1_500_000_000, 1);
                    writer.writeBinary(large, 0, large.length);
                    writer.end();
                }))
                .isZero();
    }

    @Test
    void viewingAStructAllocatesNothing() {
        int length = writeStruct();

        assertThat(Allocations.perRun(() -> {
                    decoder.view(buffer, 0, length, view);
                    MsgpackReader payload = view.payload();
                    while (payload.hasNext()) {
                        payload.skip();
                    }
                }))
                .isZero();
    }

    @Test
    void readingAStreamIntoAViewAllocatesNothing() {
        int length = writeStruct();
        FrameReader reader = new FrameReader(Limits.DEFAULT, List.of());

        // The buffer around the bytes is the only thing made for each chunk.
        assertThat(Allocations.perRun(() -> {
                    reader.feed(buffer, 0, length);
                    reader.next(view);
                }))
                .isLessThanOrEqualTo(64);
    }

    @Test
    void aHostileMessageWithoutLargeMapsIsCheckedWithoutMemory() { // MPK-6, MPK-7
        byte[] deep = frame(join(hex("94" + HEAD), repeat("91", 62), hex("dc03e8"), repeat("90", 1000)));
        byte[] wide = frame(join(hex("94" + HEAD + "dd00030000"), repeat("81c0c0", 3 << 16)));
        byte[] maps = frame(join(hex("94" + HEAD + "dd00010000"), repeat("8201c002c0", 1 << 16)));

        for (byte[] hostile : List.of(deep, wide, maps)) {
            decoder.view(hostile, 0, hostile.length, view);
            long allocated = Allocations.during(() -> decoder.view(hostile, 0, hostile.length, view));
            assertThat(allocated).isLessThan(1000);
        }
    }

    @Test
    void aLargeMapIsCheckedWithNoMoreMemoryThanItsBytes() { // MPK-9
        int entries = 100_000;
        byte[] map = new byte[5 + entries * 6];
        map[0] = (byte) 0xdf;
        Header.put(map, 1, entries);
        for (int entry = 0; entry < entries; entry++) {
            map[5 + entry * 6] = (byte) 0xce;
            Header.put(map, 6 + entry * 6, entry * 0x9e3779b9);
            map[10 + entry * 6] = (byte) 0xc0;
        }
        byte[] frame = frame(join(hex("94" + HEAD), map));
        decoder.view(frame, 0, frame.length, view);

        long allocated = Allocations.during(
                () -> assertThat(decoder.view(frame, 0, frame.length, view)).isEqualTo(Optional.empty()));

        assertThat(allocated).isBetween(1L, (long) frame.length);
    }

    @Test
    void nestedMapsThatClaimWhatTheyDoNotHaveTakeNoMemory() { // MPK-6, MPK-9
        byte[] claims = join(hex("94" + HEAD), repeat("df0000ffff01", 60), repeat("c1", 200_000));
        byte[] frame = frame(claims);
        decoder.view(frame, 0, frame.length, view);

        long allocated = Allocations.during(() -> decoder.view(frame, 0, frame.length, view));

        assertThat(allocated).isLessThan(10_000);
    }

    private int writeStruct() {
        writer.begin(buffer, 0, 0, SENDER, 1_500_000_000, 8);
        writer.writeLong(0);
        writer.writeText("a text of some length, with an é");
        writer.writeDouble(0.5);
        writer.writeBoolean(true);
        writer.writeNil();
        writer.writeBinary(buffer, 90_000, 100);
        writer.beginArray(3);
        writer.writeLong(1);
        writer.writeLong(-70_000);
        writer.writeUnsignedLong(-1);
        writer.beginMap(2);
        writer.writeText("one");
        writer.writeLong(1);
        writer.writeText("two");
        writer.writeLong(2);
        return writer.end();
    }
}
