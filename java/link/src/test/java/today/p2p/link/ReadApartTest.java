package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.LargeFrame;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Large frames are read where nobody waits for them, and no message overtakes them: LNK-30. */
class ReadApartTest {
    private static final int LARGE_BODY = 1 << 20;
    private static final int LARGE_PLAIN = 1 << 18;

    private final Ends ends = Ends.open();

    @BeforeEach
    void readsApart() {
        ends.intake.readApart();
    }

    @Test
    void aLargeBodyIsReadApartAndOneAtTheLimitIsNot() { // LNK-30
        ends.receive(whisper(LARGE_BODY));
        assertThat(apart()).isEmpty();
        assertThat(ends.passed()).hasSize(1);

        ends.receive(whisper(LARGE_BODY + 1));
        assertThat(apart()).hasSize(1);
        assertThat(ends.passed()).hasSize(1);
    }

    @Test
    void muchPlainTextIsReadApartAndThatAtTheLimitIsNot() { // LNK-30
        ends.receive(coded(whisper(LARGE_PLAIN)));
        assertThat(apart()).isEmpty();
        assertThat(ends.passed()).hasSize(1);

        ends.receive(coded(whisper(LARGE_PLAIN + 1)));
        assertThat(apart()).hasSize(1);
        assertThat(apart().get(0).length()).isLessThan(4096);
        assertThat(ends.passed()).hasSize(1);
    }

    @Test
    void whatComesAfterItWaitsAndKeepsItsOrder() { // LNK-30
        Message large = whisper(LARGE_BODY + 1);
        Message small = message(2, Value.of(2), Value.of("after it"));
        ends.receive(large);
        ends.receive(small);
        assertThat(ends.passed()).isEmpty();
        assertThat(ends.link.takesBytes()).isFalse();
        assertThat(ends.link.isHeld())
                .as("nobody has to handle something first")
                .isFalse();

        ends.outputs.addAll(ends.link.readApart(apart().get(0).read(), ends.now()));
        assertThat(ends.passed()).extracting(frame -> frame.message()).containsExactly(large, small);
        assertThat(ends.link.takesBytes()).isTrue();
        assertThat(apart()).hasSize(1);
    }

    @Test
    void anotherLargeOneIsReadApartWhenTheFirstIsBack() { // LNK-30
        ends.receive(coded(whisper(LARGE_PLAIN + 1)));
        ends.receive(coded(whisper(LARGE_PLAIN + 2)));
        assertThat(apart()).hasSize(1);

        ends.outputs.addAll(ends.link.readApart(apart().get(0).read(), ends.now()));
        assertThat(apart()).hasSize(2);
        ends.outputs.addAll(ends.link.readApart(apart().get(1).read(), ends.now()));
        assertThat(ends.passed()).hasSize(2);
        assertThat(ends.passed().get(0).codec()).isPresent();
    }

    @Test
    void itsTimeIsNotThePeers() { // LNK-30, LNK-21, LNK-22
        ends.receive(message(2, Value.of(4))); // a pong: it answers pings
        ends.receive(whisper(LARGE_BODY + 1));
        ends.receive((byte) 0, (byte) 0, (byte) 1); // another frame begins
        ends.passSecondsAndWrite(600);
        assertThat(ends.fate()).isEqualTo("open");

        ends.outputs.addAll(ends.link.readApart(apart().get(0).read(), ends.now()));
        assertThat(ends.passed()).hasSize(1);
        ends.passSecondsAndWrite(11);
        assertThat(ends.fate())
                .as("from now on the frame that has begun is timed")
                .isEqualTo("SLOW");
    }

    @Test
    void aBombClosesItsLinkWhenItWasReadApart() { // LNK-30, CMP-3
        Limits small = Limits.DEFAULT.toBuilder().maxInflated(LARGE_PLAIN + 100).build();
        Ends narrow = Ends.open(NodeLimits.DEFAULT.with(small));
        narrow.intake.readApart();
        narrow.receive(coded(whisper(LARGE_PLAIN + 101)));
        assertThat(narrow.fate()).isEqualTo("open");

        narrow.outputs.addAll(narrow.link.readApart(apart(narrow).get(0).read(), narrow.now()));
        assertThat(narrow.fate()).isEqualTo("BOMB");
    }

    @Test
    void aLinkThatIsClosedByThenHearsNothingOfIt() {
        ends.receive(whisper(LARGE_BODY + 1));
        ends.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "enough"));

        assertThat(ends.link.readApart(apart().get(0).read(), ends.now())).isEmpty();
    }

    @Test
    void withoutBeingAskedForItNothingIsReadApart() {
        Ends plain = Ends.open();
        plain.receive(coded(whisper(LARGE_PLAIN + 1)));
        plain.receive(whisper(LARGE_BODY + 1));

        assertThat(apart(plain)).isEmpty();
        assertThat(plain.told()).filteredOn(Event.Received.class::isInstance).hasSize(2);
    }

    private List<LargeFrame> apart() {
        return apart(ends);
    }

    private static List<LargeFrame> apart(Ends of) {
        return of.outputs.stream()
                .filter(LinkOutput.ReadApart.class::isInstance)
                .map(output -> ((LinkOutput.ReadApart) output).frame())
                .toList();
    }

    /** A message whose checksum and bare message are so many bytes. */
    private static Message whisper(int plain) {
        int rest = PackedMessage.of(sized(LARGE_PLAIN), Limits.DEFAULT)
                        .frameFor(null)
                        .length()
                - 4
                - LARGE_PLAIN;
        return sized(plain - rest);
    }

    private static Message sized(int bytes) {
        return message(2, Value.of(2), Value.of(Bytes.of(new byte[bytes])));
    }

    private static Bytes coded(Message message) {
        return PackedMessage.of(message, Limits.DEFAULT).frameFor(Ends.ZLIB.get(0));
    }
}
