package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.PackedMessage;

/** Whose turn it is to have a large frame read, and how long a turn may be: LNK-31, LNK-32. */
class FrameTurnsTest {
    // 3000 are granted to each of 4 links; of the other 12000, all have some.
    private static final NodeLimits LIMITS = NodeLimits.DEFAULT
            .with(Limit.MAX_UNHANDLED, 24_000)
            .with(Limit.MAX_LINKS, 4)
            .with(Limit.MIN_FRAME_RATE, 1)
            .with(Limit.MIN_TURN_RATE, 100);
    private static final int PER_SPAN = 1000;
    private static final int BEGUN = 20_000;
    private static final int CHUNK = 1000;
    private static final Bytes LARGE = frame(2 << 20);
    /** A pong, whatever else is in it: it ends on the link. */
    private static final Bytes PONG = frame(4, 2 << 20);

    private static final Bytes FRAME = frame(60_000);

    private final Intake.All all = new Intake.All(LIMITS);

    @Test
    void aTurnOfATrickleEndsWithItsLinkWhenAnotherWaits() { // LNK-32, min-turn-rate, frame-deadline
        Ends slow = begun();
        Ends waiting = begun();
        slow.receive(rest(BEGUN, PER_SPAN - 1));
        slow.passSeconds(9);
        assertThat(slow.fate()).isEqualTo("open");

        slow.passSeconds(1);
        assertThat(slow.fate()).isEqualTo("SLOW");
        assertThat(waiting.intake.isLow()).isTrue();
        resume(waiting);
        waiting.receive(rest(BEGUN, FRAME.length() - BEGUN));
        assertThat(waiting.passed()).hasSize(1);
    }

    @Test
    void aTurnOfExactlyMinTurnRateGoesOn() { // LNK-32, min-turn-rate
        Ends fair = begun();
        begun();
        int sent = BEGUN;
        for (int span = 0; span < 5; span++) {
            fair.receive(rest(sent, PER_SPAN));
            sent += PER_SPAN;
            fair.passSeconds(10);
        }
        assertThat(fair.fate()).isEqualTo("open");

        fair.passSeconds(10);
        assertThat(fair.fate()).as("each span counts alone").isEqualTo("SLOW");
    }

    @Test
    void nobodyIsClosedForWhomNobodyWaits() { // LNK-32
        Ends alone = begun();
        alone.receive(rest(BEGUN, 100));
        alone.passSeconds(15);
        assertThat(alone.fate()).isEqualTo("open");

        begun();
        alone.passSeconds(4);
        assertThat(alone.fate()).isEqualTo("open");
        alone.passSeconds(1);
        assertThat(alone.fate()).isEqualTo("SLOW");
    }

    @Test
    void whoWaitsForItsTurnHasTimeWhenItComes() { // LNK-32, LNK-22
        Ends first = begun();
        Ends second = begun();
        begun();
        second.passSeconds(1000);
        first.receive(rest(BEGUN, FRAME.length() - BEGUN));
        first.intake.handled(weight(first));
        resume(second);
        second.receive(rest(BEGUN, 1));
        second.passSeconds(9);
        assertThat(second.fate()).isEqualTo("open");
        second.passSeconds(1);
        assertThat(second.fate()).isEqualTo("SLOW");
    }

    @Test
    void theNextTurnIsOfTheAddressThatHasWaitedLongestForOne() { // LNK-31
        Intake.Host many = new Intake.Host();
        Ends one = begun(many);
        Ends two = begun(many);
        Ends other = begun(new Intake.Host());
        close(one);
        assertThat(two.intake.hasTurn()).isFalse();
        assertThat(other.intake.hasTurn()).isTrue();

        close(other);
        assertThat(two.intake.hasTurn()).isTrue();
    }

    @Test
    void ofOneAddressItIsThatOfTheLinkThatHasWaitedLongest() { // LNK-31
        Intake.Host host = new Intake.Host();
        Ends one = begun(host);
        Ends two = begun(host);
        Ends three = begun(host);
        close(one);
        assertThat(two.intake.hasTurn()).isTrue();
        close(two);
        assertThat(three.intake.hasTurn()).isTrue();
    }

    @Test
    void aFrameKeepsItsTurnUntilItWasReadApartAndTheNextHasNone() { // LNK-31, LNK-30
        Ends first = open(new Intake.Host());
        first.intake.readApart();
        first.receive(PONG.slice(0, BEGUN));
        Ends second = begun();
        first.receive(join(PONG.slice(BEGUN, PONG.length()), rest(0, BEGUN)));
        assertThat(all.unhandled()).isEqualTo(PONG.length() + 2L * BEGUN);
        assertThat(first.intake.hasTurn()).isTrue();

        first.outputs.addAll(first.link.readApart(apart(first).get(0).frame().read(), first.now()));
        assertThat(first.intake.hasTurn()).isFalse();
        assertThat(second.intake.hasTurn()).isTrue();
    }

    @Test
    void largeFramesOfManyLinksThatWaitToBeReadApartAreBounded() { // LNK-31, LNK-30, max-unhandled
        Map<Ends, Integer> sent = new LinkedHashMap<>();
        for (int link = 0; link < 4; link++) {
            Ends ends = open(new Intake.Host());
            ends.intake.readApart();
            sent.put(ends, 0);
        }
        for (int round = 0; round < 4 * LARGE.length() / CHUNK; round++) {
            sent.replaceAll((ends, at) -> {
                resumeIfLow(ends);
                int end = Math.min(at + CHUNK, ends.link.takesBytes() ? LARGE.length() : at);
                ends.receive(LARGE.slice(at, end));
                return end;
            });
        }

        assertThat(all.unhandled()).isLessThanOrEqualTo(24_000 + LARGE.length() + 4 * CHUNK);
        assertThat(sent.keySet()).filteredOn(ends -> !apart(ends).isEmpty()).hasSize(1);
    }

    @Test
    void whoseMessagesAreTooManyWhileItsFrameIsReadApartDoesNotAskAgainAndAgain() { // LNK-31, LNK-28
        Ends busy = open(new Intake.Host());
        busy.intake.readApart();
        busy.receive(frame(2900));
        busy.receive(LARGE.slice(0, 7600));
        assertThat(busy.intake.hasTurn()).isTrue();
        busy.receive(join(LARGE.slice(7600, LARGE.length()), rest(0, 1)));
        busy.receive(rest(1, 1));

        assertThat(busy.link.isHeld()).isTrue();
        assertThat(busy.intake.hasTurn()).isTrue();
        assertThat(busy.intake.isLow()).isFalse();
        busy.intake.handled(weight(busy));
        assertThat(busy.intake.isLow()).isTrue();
    }

    @Test
    void whoIsNotReadForTheSakeOfItsMessagesHasNoTurn() { // LNK-31, LNK-28
        Ends busy = open(new Intake.Host());
        busy.receive(frame(5000));
        busy.receive(rest(0, BEGUN));
        busy.receive(rest(BEGUN, 1));
        assertThat(busy.link.isHeld()).isTrue();
        assertThat(busy.intake.hasTurn()).isFalse();
        Ends other = begun();
        assertThat(other.intake.hasTurn()).isTrue();

        busy.intake.handled(weight(busy));
        assertThat(busy.intake.isLow()).isTrue();
        resume(busy);
        assertThat(busy.link.isHeld()).isTrue();
        close(other);
        assertThat(busy.intake.hasTurn()).isTrue();
    }

    private Ends begun() {
        return begun(new Intake.Host());
    }

    /** A link on which more than its part of a frame has come. */
    private Ends begun(Intake.Host host) {
        Ends ends = open(host);
        ends.receive(rest(0, BEGUN));
        return ends;
    }

    private Ends open(Intake.Host host) {
        return Ends.open(LIMITS, new Intake(all, LIMITS).from(host));
    }

    private static void resume(Ends ends) {
        ends.outputs.addAll(ends.link.resume(ends.now()));
    }

    private static void close(Ends ends) {
        ends.outputs.addAll(ends.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "enough")));
    }

    private static void resumeIfLow(Ends ends) {
        if (ends.link.isHeld() && ends.intake.isLow()) {
            resume(ends);
        }
    }

    private static List<LinkOutput.ReadApart> apart(Ends ends) {
        return ends.outputs.stream()
                .filter(LinkOutput.ReadApart.class::isInstance)
                .map(LinkOutput.ReadApart.class::cast)
                .toList();
    }

    private static Bytes join(Bytes one, Bytes other) {
        ByteBuffer both = ByteBuffer.allocate(one.length() + other.length());
        return Bytes.of(both.put(one.asByteBuffer()).put(other.asByteBuffer()).array());
    }

    private static long weight(Ends ends) {
        return ends.told().stream()
                .filter(Event.Received.class::isInstance)
                .mapToLong(event -> Intake.weight((Event.Received) event))
                .sum();
    }

    private static Bytes rest(int from, int length) {
        return FRAME.slice(from, from + length);
    }

    private static Bytes frame(int filling) {
        return frame(2, filling);
    }

    private static Bytes frame(int subFlag, int filling) {
        return PackedMessage.of(message(2, Value.of(subFlag), Value.of(Bytes.of(new byte[filling]))), Limits.DEFAULT)
                .frameFor(null);
    }
}
