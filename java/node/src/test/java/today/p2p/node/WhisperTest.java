package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** Chapter 13.3, and the calls of the application. */
class WhisperTest {
    private final Wire wire = new Wire();

    WhisperTest() {
        wire.join(1, "a");
        wire.join(2, "b");
        wire.effects.clear();
    }

    @Test
    void aWhisperIsDeliveredAndNeverRelayed() { // MSH-15
        wire.receive(1, wire.message(2, "a", Value.of(2), Value.of("hi")));
        wire.receive(1, wire.message(2, "a", Value.of(2), Value.of("hi")));

        assertThat(wire.all(Effect.Send.class)).isEmpty();
        assertThat(wire.all(Effect.Deliver.class)).hasSize(2);
    }

    @Test
    void aReplyGoesToThePeerWithThatId() { // MSH-16
        wire.call(whisper(1, "b"));

        assertThat(wire.receivers()).containsExactly(2L);
        assertThat(wire.sentOn(2).get(0).type()).isEqualTo(2);
        assertThat(wire.sentOn(2).get(0).payload()).containsExactly(Value.of(2), Value.of("hi"));
        assertThat(wire.outcome(1)).isEqualTo("Sent");
    }

    @Test
    void withoutAPeerThereIsNobodyToAsk() { // MSH-16
        Wire alone = new Wire();
        alone.call(whisper(1, "b"));
        wire.call(new Call.Whisper(2, Wire.bytes("x"), 2, List.of(), false));

        assertThat(alone.outcome(1)).isEqualTo("ABSENT");
        assertThat(wire.outcome(2)).isEqualTo("ABSENT");
    }

    @Test
    void whoKnowsTheTargetAnswersOnTheLinkOfTheRequestWithTheIdAsItCame() { // MSH-17
        for (Value requestId : new Value[] {Value.of("rid1"), Value.of(Wire.bytes("rid2"))}) {
            wire.effects.clear();
            wire.receive(1, wire.message(0, "x", Value.of(8), requestId, Value.of("b")));

            assertThat(wire.sentOn(2)).as("relayed").hasSize(1);
            assertThat(wire.sentOn(1)).singleElement().satisfies(sent -> {
                assertThat(sent.type()).isZero();
                assertThat(sent.payload())
                        .containsExactly(
                                Value.of(10),
                                requestId,
                                Value.array(Value.array(Value.of("203.0.113.2"), Value.of(4444)), Value.of("b")));
            });
        }
    }

    @Test
    void aResponseOfOursThatComesBackGoesNoFurther() { // MSH-17, MSH-11
        wire.receive(1, wire.message(0, "x", Value.of(8), Value.of("r"), Value.of("b")));
        Message response = wire.sentOn(1).get(0);
        wire.effects.clear();
        wire.receive(2, response);

        assertThat(wire.effects).isEmpty();
    }

    @Test
    void whoIsTheTargetAnswersAndWhoKnowsNothingDoesNot() { // MSH-17
        wire.receive(1, wire.message(0, "x", Value.of(8), Value.of("r"), Value.of("21")));
        assertThat(wire.sentOn(1)).hasSize(1);

        wire.receive(1, wire.message(0, "x", Value.of(8), Value.of("r"), Value.of("nobody")));
        wire.receive(1, wire.message(2, "x", Value.of(8), Value.of("r"), Value.of("b")));
        assertThat(wire.sentOn(1)).as("nor to a whisper").hasSize(1);
    }

    @Test
    void theFirstResponseIsUsedAndTheWhisperIsSentWhenTheTargetHasShakenHands() { // MSH-18
        Message request = search(1, "x");
        wire.receive(2, response(request, "203.0.113.60", "x"));
        wire.receive(1, response(request, "203.0.113.61", "x"));
        assertThat(wire.dialled()).containsExactly("203.0.113.60");
        assertThat(wire.outcome(1)).isEqualTo("open");

        wire.up(9, "203.0.113.60", OptionalLong.of(1));
        wire.greet(9, "x");

        assertThat(wire.sentOn(9))
                .last()
                .satisfies(sent -> assertThat(sent.payload()).containsExactly(Value.of(2), Value.of("hi")));
        assertThat(wire.outcome(1)).isEqualTo("Sent");
    }

    @Test
    void whenAnotherIdShakesHandsTheWhisperIsNotSent() { // MSH-18
        Message request = search(1, "x");
        wire.receive(2, response(request, "203.0.113.60", "x"));
        wire.up(9, "203.0.113.60", OptionalLong.of(1));
        wire.greet(9, "y");

        assertThat(wire.sentOn(9)).noneMatch(sent -> sent.payload().contains(Value.of("hi")));
        assertThat(wire.outcome(1)).isEqualTo("ABSENT");
    }

    @Test
    void whenNobodyIsThereTheCallerIsTold() { // MSH-18
        Message request = search(1, "x");
        wire.receive(2, response(request, "203.0.113.60", "x"));
        wire.on(new Event.DialFailed(1, CloseReason.because(CloseReason.Cause.UNREACHABLE, "refused")));

        assertThat(wire.outcome(1)).isEqualTo("ABSENT");
    }

    @Test
    void aResponseThatNobodyAskedForOrThatNamesAnotherNodeIsNotUsed() { // MSH-18, MSH-7
        Message request = search(1, "x");
        wire.receive(2, wire.message(0, "z", Value.of(10), Value.of("other"), entry("203.0.113.60", "x")));
        wire.receive(2, response(request, "203.0.113.61", "y"));
        wire.receive(2, response(request, "127.0.0.1", "x"));
        wire.receive(2, wire.message(2, "z", Value.of(10), request.payload().get(1), entry("203.0.113.62", "x")));
        assertThat(wire.dialled()).isEmpty();

        wire.receive(2, response(request, "203.0.113.63", "x"));
        assertThat(wire.dialled()).containsExactly("203.0.113.63");
    }

    @Test
    void anUnansweredRequestEndsAtItsDeadline() { // MSH-18, request-deadline
        search(1, "x");
        long deadline = wire.node.deadline().orElseThrow();
        assertThat(deadline - wire.now().nanos()).isEqualTo(30_000_000_000L);
        wire.advance(29);
        wire.on(new Event.Tick());
        assertThat(wire.outcome(1)).isEqualTo("open");

        wire.advance(1);
        wire.on(new Event.Tick());
        assertThat(wire.outcome(1)).isEqualTo("TIMEOUT");
        assertThat(wire.node.deadline()).as("no timer without end").isEmpty();
    }

    @Test
    void atMostMaxRequestsArePending() { // MSH-19, max-requests
        Wire few = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_REQUESTS, 2));
        few.join(1, "a");
        few.call(whisper(1, "x"));
        few.call(whisper(2, "x"));
        few.call(whisper(3, "x"));

        assertThat(List.of(few.outcome(1), few.outcome(2), few.outcome(3))).containsExactly("open", "open", "LIMIT");
    }

    @Test
    void requestIdsAreBase58OfAHashAndDiffer() { // MSH-20
        Value one = search(1, "x").payload().get(1);
        Value other = search(2, "x").payload().get(1);

        assertThat(one).isNotEqualTo(other);
        assertThat(((Value.Text) one).text()).matches("[1-9A-HJ-NP-Za-km-z]{60,66}");
    }

    @Test
    void connectEndsWithTheHandshakeOrTheReason() {
        wire.call(new Call.Connect(1, new Address("198.51.100.1", 1)));
        wire.call(new Call.Connect(2, new Address("198.51.100.2", 1)));
        wire.call(new Call.Connect(3, new Address("198.51.100.3", 1)));
        wire.up(11, "198.51.100.1", OptionalLong.of(1));
        wire.up(12, "198.51.100.2", OptionalLong.of(2));
        wire.greet(11, "x");
        wire.down(12);
        wire.on(new Event.DialFailed(3, CloseReason.because(CloseReason.Cause.UNREACHABLE, "refused")));

        assertThat(List.of(wire.outcome(1), wire.outcome(2), wire.outcome(3)))
                .containsExactly("Connected", "NotConnected", "NotConnected");
    }

    @Test
    void closeEndsEveryLinkAndEveryCall() {
        wire.call(new Call.Connect(1, new Address("198.51.100.1", 1)));
        search(2, "x");
        wire.effects.clear();
        wire.call(new Call.Close(3));
        wire.call(new Call.Broadcast(4, 0, List.of()));
        wire.call(new Call.Close(5));
        wire.up(20, "203.0.113.20", OptionalLong.empty());

        assertThat(wire.closed()).containsExactly("1 LOCAL", "2 LOCAL", "20 LOCAL");
        assertThat(List.of(wire.outcome(1), wire.outcome(2), wire.outcome(3), wire.outcome(4), wire.outcome(5)))
                .containsExactly("NotConnected", "ABSENT", "Done", "ABSENT", "Done");
    }

    @Test
    void disconnectClosesTheLinkToThatNode() {
        wire.call(new Call.Disconnect(1, Wire.bytes("b")));
        wire.call(new Call.Disconnect(2, Wire.bytes("x")));

        assertThat(wire.closed()).containsExactly("2 LOCAL");
        assertThat(List.of(wire.outcome(1), wire.outcome(2))).containsExactly("Done", "ABSENT");
    }

    private Message search(long call, String target) {
        wire.call(whisper(call, target));
        Message request = wire.sentOn(1).get(wire.sentOn(1).size() - 1);
        assertThat(request.type()).isZero();
        assertThat(request.payload().get(0)).isEqualTo(Value.of(8));
        assertThat(request.payload().get(2)).isEqualTo(Value.of(target));
        return request;
    }

    private Message response(Message request, String address, String id) {
        return wire.message(0, "z", Value.of(10), request.payload().get(1), entry(address, id));
    }

    private static Value entry(String address, String id) {
        return Value.array(Value.array(Value.of(address), Value.of(4444)), Value.of(id));
    }

    private static Call whisper(long number, String to) {
        return new Call.Whisper(number, Wire.bytes(to), 2, List.of(Value.of("hi")), true);
    }
}
