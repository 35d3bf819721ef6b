package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import today.p2p.kernel.Lineage;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Nothing is forgotten that another was not seen to hold; and what a read finds missing is put back. */
class HandoverTest {
    private final Circle circle = new Circle(1);
    private final Circle.Seat seat = circle.add();

    @Test
    void anEntryIsGivenAskedForAgainAndOnlyThenForgotten() {
        // CRD-27, CRD-28, CRD-29
        circle.add();
        circle.connect(0, 1);
        seat.join();
        seat.put("key", Value.of(5));
        seat.told(1, 2, Value.of(5), Value.of("0"));
        long call = seat.leave();
        int before = seat.whispered.size();

        seat.perform(seat.share.tick(circle.now()));
        assertThat(said(12, before)).isEqualTo(5);
        answers(Value.nil(), 0, 5);
        assertThat(said(11, before)).isEqualTo(5);
        assertThat(said(12, before)).isEqualTo(10);
        assertThat(seat.share.stats().entries()).isEqualTo(5);
        assertThat(seat.outcomes).doesNotContainKey(call);

        answers(Value.of(5), 0, 5);
        assertThat(seat.share.stats().entries()).isZero();
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Left(0));
    }

    @Test
    void aReadPutsItsValueWhereNothingIsAndLeavesAnotherOneAlone() {
        // CRD-25
        circle.add().join();
        circle.connect(0, 1);
        circle.run();
        long call = seat.get("key");
        int before = seat.whispered.size();

        answers(Value.nil(), 0, 1);
        answers(Value.of(5), 1, 4);
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
        assertThat(said(11, before)).isEqualTo(1);
        answers(Value.of(6), 4, 5);
        assertThat(said(11, before)).isEqualTo(1);
    }

    @Test
    void py2pIsHandedTwoPositionsAtATimeAndAllInTheEnd() {
        // CRD-33
        circle.add();
        circle.connect(0, 1, Lineage.PY2P);
        seat.join();
        seat.put("key", Value.of(5));
        seat.told(1, 2, Value.of(5), Value.of("0"));
        long call = seat.leave();
        int before = seat.whispered.size();

        seat.perform(seat.share.tick(circle.now()));
        assertThat(said(12, before)).isEqualTo(2);
        answers(Value.nil(), 0, 5); // only two of these were asked for
        assertThat(said(11, before)).isEqualTo(2);
        for (int round = 0; round < 5; round++) {
            answers(Value.of(5), 0, 5);
            assertThat(said(12, before) - said(11, before)).isLessThanOrEqualTo(5);
        }
        assertThat(said(12, before)).isEqualTo(2 + 5);
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Left(0));
    }

    @Test
    void whatWaitsForPy2pGoesToAnotherWhenItsLinkIsLost() {
        // CRD-33, CRD-27
        circle.add();
        circle.connect(0, 1, Lineage.PY2P);
        seat.join();
        seat.put("key", Value.of(5));
        seat.told(1, 2, Value.of(5), Value.of("0"));
        long call = seat.leave();
        seat.perform(seat.share.tick(circle.now()));
        circle.add().join();
        circle.connect(0, 2);
        seat.told(2, 2, Value.of(5), Value.of("0"));
        circle.crash(1);

        circle.advance(1);
        assertThat(circle.seats.get(2).share.stats().entries()).isEqualTo(5);
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Left(0));
    }

    private void answers(Value value, int from, int to) {
        for (int index = from; index < to; index++) {
            Position position = Position.of(Bytes.ofUtf8("key")).get(index);
            seat.told(1, 2, Value.of(13), position.hashName(), position.key(), value);
        }
    }

    private long said(int subFlag, int from) {
        return seat.whispered.subList(from, seat.whispered.size()).stream()
                .filter(message -> message.payload().get(0).equals(Value.of(subFlag)))
                .count();
    }
}
