package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.runtime.turns.Faults;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.LargeFrame;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.PackedMessage;

/** Frames that take long are read in turns, and bombs have no processor for themselves: LNK-30. */
class LargeFramesTest {
    private static final int LARGE_BODY = 1 << 20;
    private static final long TOOK = 7;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> rests = new ArrayList<>();
    private final Queue<Runnable> wakers = new ArrayDeque<>();
    private long nanos;
    private boolean hasEnded;
    // Each look at the clock is one duration of a frame later than the one before.
    private final LargeFrames frames =
            new LargeFrames(tasks::add, () -> hasEnded = true, new Faults(), () -> nanos += TOOK, new Timer());

    @Test
    void afterARefusedFrameNothingIsReadForThreeTimesAsLongAsItTook() { // LNK-30
        LargeFrames.Reader hostile = frames.reader();
        LargeFrames.Reader honest = frames.reader();
        read(hostile, "bomb", frame(false));
        read(honest, "sound", frame(true));
        runAll();
        assertThat(told).as("its link is closed at once").containsExactly("bomb: Refused");
        assertThat(rests).containsExactly(3 * TOOK);

        wakers.remove().run();
        runAll();
        assertThat(told).containsExactly("bomb: Refused", "sound: Complete");
    }

    @Test
    void afterASoundFrameTheNextIsReadAtOnce() { // LNK-30
        LargeFrames.Reader reader = frames.reader();
        read(reader, "first", frame(true));
        read(reader, "second", frame(true));
        runAll();

        assertThat(told).containsExactly("first: Complete", "second: Complete");
        assertThat(rests).isEmpty();
    }

    @Test
    void theRestIsCountedAsTimeOfTheOneWhoWasRefused() { // LNK-29, LNK-30
        LargeFrames.Reader hostile = frames.reader();
        LargeFrames.Reader honest = frames.reader();
        read(hostile, "bomb", frame(false));
        read(honest, "sound 1", frame(true));
        runAll();
        read(hostile, "bomb 2", frame(false));
        for (int number = 2; number <= 4; number++) {
            read(honest, "sound " + number, frame(true));
        }
        wakers.remove().run();
        runAll();

        // What one refused frame took with its rest is what four sound ones take.
        assertThat(told)
                .containsExactly(
                        "bomb: Refused",
                        "sound 1: Complete",
                        "sound 2: Complete",
                        "sound 3: Complete",
                        "sound 4: Complete",
                        "bomb 2: Refused");
    }

    @Test
    void aFrameThatNobodyWantsIsNotRead() { // LNK-30
        frames.reader().read(frame(false), () -> false, decoded -> told.add("read"));
        runAll();

        assertThat(told).isEmpty();
        assertThat(rests).isEmpty();
    }

    @Test
    void afterTheEndNothingIsRead() {
        read(frames.reader(), "late", frame(true));
        frames.stop();
        runAll();

        assertThat(told).isEmpty();
        assertThat(hasEnded).isTrue();
    }

    private void read(LargeFrames.Reader reader, String name, LargeFrame frame) {
        reader.read(
                frame,
                () -> true,
                decoded ->
                        told.add(name + ": " + decoded.orElseThrow().getClass().getSimpleName()));
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static LargeFrame frame(boolean isSound) {
        Value large = Value.of(Bytes.of(new byte[LARGE_BODY]));
        Message message = new Message(2, Value.of("z"), 1_500_000_000L, List.of(Value.of(2), large));
        byte[] frame = PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
        frame[frame.length - 1] = (byte) (isSound ? 0 : 1);
        FrameReader reader = new FrameReader(Limits.DEFAULT, List.of());
        reader.feed(frame, 0, frame.length);
        assertThat(reader.nextLight(new MessageView())).isFalse();
        LargeFrame left = reader.takeLarge().orElseThrow();
        assertThat(left.read() instanceof Decoded.Complete).isEqualTo(isSound);
        return left;
    }

    private final class Timer implements Wire.Loop {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public Runnable after(long nanosFromNow, Runnable task) {
            rests.add(nanosFromNow);
            wakers.add(task);
            return () -> wakers.remove(task);
        }
    }
}
