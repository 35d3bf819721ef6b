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
        copies.relayed(9);
        assertThat(copies.mayGo()).isTrue();
        copies.relayed(1);
        assertThat(copies.mayGo()).isFalse();
        assertThat(told).isEmpty();

        timers.pass(Time.SECOND / 10 - 1);
        assertThat(copies.mayGo()).isFalse();
        timers.pass(2);
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo()).isTrue();
    }

    @Test
    void whatWasNotUsedIsNotSavedUpBeyondASecond() { // MSH-27
        timers.pass(100 * Time.SECOND);
        copies.relayed(30);
        assertThat(copies.mayGo()).isFalse();

        timers.pass(2 * Time.SECOND);
        assertThat(copies.mayGo()).isFalse();
        timers.pass(Time.SECOND / 10 + 1);
        assertThat(copies.mayGo()).isTrue();
    }

    @Test
    void noMoreThanTheMostAreUnderWay() {
        for (int copy = 0; copy < Copies.MOST; copy++) {
            copies.begun();
        }
        assertThat(copies.mayGo()).isTrue();
        copies.begun();
        assertThat(copies.mayGo()).isFalse();

        for (int copy = 0; copy < Copies.MOST / 2; copy++) {
            copies.ended();
        }
        assertThat(told).isEmpty();
        copies.ended();
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo()).isTrue();
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
        private long now = 7;

        @Override
        public void execute(Runnable task) {
            task.run();
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
