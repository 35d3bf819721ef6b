package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.runtime.turns.Turns.Standing;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** MSH-27, max-relay-rate. */
class CopiesTest {
    private final Timers timers = new Timers();
    private final List<String> told = new ArrayList<>();
    private final Copies copies = new Copies(
            NodeLimits.DEFAULT.with(Limit.MAX_RELAY_RATE, 10),
            timers,
            () -> new Time(timers.now, 0),
            () -> told.add("go"));

    @Test
    void theCopiesOfASecondMayBeMadeAtOnceAndThenSoManyASecond() { // MSH-27
        relay(Standing.BUSY, 4);
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
        relay(Standing.BUSY, 1);
        relay(Standing.CALM, 5);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        assertThat(copies.mayGo(Standing.CALM)).isFalse();
        assertThat(told).isEmpty();

        timers.pass(Time.SECOND / 5 - 10);
        assertThat(copies.mayGo(Standing.CALM)).isFalse();
        told.clear();
        timers.pass(20);
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo(Standing.CALM)).isTrue();
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
    }

    @Test
    void whoeverFloodsLeavesTheOthersTheirHalf() { // MSH-31
        relay(Standing.BUSY, 1000);
        relay(Standing.CALM, 4);
        timers.pass(10 * Time.SECOND);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        assertThat(copies.mayGo(Standing.CALM)).isTrue();
        relay(Standing.CALM, 1000);
        timers.pass(Time.SECOND);
        assertThat(copies.mayGo(Standing.CALM)).isFalse();
    }

    @Test
    void whatOneHalfHasNoPlaceForIsTheOthers() { // MSH-31
        relay(Standing.CALM, 5);
        timers.pass(Time.SECOND / 10 - 2);
        assertThat(copies.mayGo(Standing.CALM)).isFalse();
        timers.pass(4);
        assertThat(copies.mayGo(Standing.CALM)).isTrue();

        timers.pass(Time.SECOND);
        relay(Standing.BUSY, 5);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        timers.pass(Time.SECOND / 10 - 2);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        timers.pass(4);
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
    }

    @Test
    void whatWasNotUsedIsNotSavedUpBeyondASecond() { // MSH-27
        timers.pass(100 * Time.SECOND);
        relay(Standing.BUSY, 5);
        relay(Standing.CALM, 5);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        assertThat(copies.mayGo(Standing.CALM)).isFalse();
    }

    @Test
    void oneCopyASecondIsMadeAtThatRateToo() { // MSH-27, max-relay-rate
        Copies slow = new Copies(
                NodeLimits.DEFAULT.with(Limit.MAX_RELAY_RATE, 1), timers, () -> new Time(timers.now, 0), () -> {});
        assertThat(slow.mayGo(Standing.BUSY)).isTrue();
        slow.relayed(1);
        assertThat(slow.mayGo(Standing.BUSY)).isFalse();
        timers.pass(Time.SECOND + 2);
        assertThat(slow.mayGo(Standing.BUSY)).isTrue();
    }

    @Test
    void noMoreThanTheMostAreUnderWay() {
        begin(Copies.MOST);
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
        begin(1);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        assertThat(copies.mayGo(Standing.LEAST)).isFalse();
        // Who has little to say is not held up by who has much.
        assertThat(copies.mayGo(Standing.CALM)).isTrue();
        begin(Copies.MOST_CALM - Copies.MOST);
        assertThat(copies.mayGo(Standing.CALM)).isFalse();

        end(Copies.MOST_CALM - Copies.MOST / 2);
        assertThat(told).isEmpty();
        end(1);
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
    }

    @Test
    void copiesOfWhatTheBusySayMayBeLateWhenTheRateIsWhatLimits() { // MSH-34
        relay(Standing.BUSY, 2);
        assertThat(copies.mayBeLate()).isFalse();
        relay(Standing.BUSY, 1);
        relay(Standing.BUSY, 1);
        assertThat(copies.mayBeLate()).isTrue();
        assertThat(copies.mayGo(Standing.LEAST)).isTrue();
        assertThat(copies.mayBeLate()).isTrue();
        assertThat(copies.mayGo(Standing.WAS_BUSY)).isTrue();
        assertThat(copies.mayBeLate()).isFalse();
        assertThat(copies.mayGo(Standing.CALM)).isTrue();
        assertThat(copies.mayBeLate()).isFalse();

        late(Copies.MOST_LATE);
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
        late(1);
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        // Those stand in nobody else's way.
        assertThat(copies.mayGo(Standing.CALM)).isTrue();
        assertThat(told).isEmpty();
        for (int copy = 0; copy <= Copies.MOST_LATE / 2; copy++) {
            copies.ended(true);
        }
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
    }

    @Test
    void whatTheCalmDoNotUseIsForWhoHasLeastWaitingButNotAllOfIt() { // MSH-33
        relay(Standing.LEAST, 2);
        assertThat(copies.mayGo(Standing.LEAST)).isFalse();
        relay(Standing.WAS_BUSY, 2);
        assertThat(copies.mayGo(Standing.WAS_BUSY)).isFalse();
        relay(Standing.CALM, 1);
        assertThat(copies.mayGo(Standing.CALM)).isFalse();

        timers.pass(Time.SECOND);
        assertThat(told).isNotEmpty();
        assertThat(copies.mayGo(Standing.LEAST)).isTrue();
    }

    @Test
    void whatIsMadeAtOnceCountsUntilTheOtherTasksOfTheLoopHaveRun() {
        timers.isHeld = true;
        for (int copy = 0; copy < Copies.MOST; copy++) {
            copies.made();
        }
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
        copies.made();
        assertThat(copies.mayGo(Standing.BUSY)).isFalse();
        assertThat(told).isEmpty();

        assertThat(timers.held).hasSize(1);
        timers.held.remove(0).run();
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo(Standing.BUSY)).isTrue();
        copies.made();
        timers.held.remove(0).run();
        assertThat(told).hasSize(1);
    }

    @Test
    void whileOneThreadCompressesTheOthersAreToldWhenItIsDone() {
        List<Value> payload = List.of(Value.of(0), Value.of(Bytes.of(new byte[1000])));
        PackedMessage message = PackedMessage.of(new Message(0, Value.of("me"), 1, payload), Limits.DEFAULT);
        int[] compressed = new int[1];
        Codec slow = new Refusing(codec -> {
            compressed[0]++;
            // Whoever asks while this codec is at work stands for another thread.
            assertThat(copies.isReady(message, codec, () -> told.add("told"))).isFalse();
            assertThat(told).isEmpty();
        });

        assertThat(copies.isReady(message, slow, () -> told.add("never"))).isTrue();
        assertThat(told).containsExactly("told");
        assertThat(copies.isReady(message, slow, () -> told.add("never"))).isTrue();
        assertThat(copies.isReady(message, null, () -> told.add("never"))).isTrue();
        assertThat(told).hasSize(1);
        assertThat(compressed[0]).isEqualTo(1);
    }

    private void relay(Standing standing, long count) {
        assertThat(copies.mayGo(standing)).isTrue();
        copies.relayed(count);
    }

    private void begin(int count) {
        for (int copy = 0; copy < count; copy++) {
            copies.begun(false);
        }
    }

    private void late(int count) {
        for (int copy = 0; copy < count; copy++) {
            copies.begun(true);
        }
    }

    private void end(int count) {
        for (int copy = 0; copy < count; copy++) {
            copies.ended(false);
        }
    }

    /** A codec that never saves anything. */
    private record Refusing(Consumer<Codec> before) implements Codec {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public int code() {
            return 0x7f;
        }

        @Override
        public boolean hasMagic() {
            return true;
        }

        @Override
        public boolean begins(byte[] body, int offset, int length) {
            return false;
        }

        @Override
        public boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
            before.accept(this);
            return false;
        }

        @Override
        public Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out) {
            return Optional.of(new Malformed(ErrorCode.CODEC, 0, "nothing of mine"));
        }
    }

    /** A loop whose time passes when the test says so. */
    private static final class Timers implements Wire.Loop {
        private final TreeMap<Long, Runnable> due = new TreeMap<>();
        private final List<Runnable> held = new ArrayList<>();
        private boolean isHeld;
        private long now = 7;

        @Override
        public void execute(Runnable task) {
            if (isHeld) {
                held.add(task);
            } else {
                task.run();
            }
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            long at = now + nanos;
            due.put(at, task);
            return () -> due.remove(at, task);
        }

        void pass(long nanos) {
            now += nanos;
            while (!due.isEmpty() && due.firstKey() <= now) {
                due.pollFirstEntry().getValue().run();
            }
        }
    }
}
