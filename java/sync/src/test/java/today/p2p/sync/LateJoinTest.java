package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Frame;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** How a newcomer gets what is there (chapter 14.4). */
class LateJoinTest {
    private static final LinkId LINK = new LinkId(77);
    private static final Handshake PEER =
            new Handshake(Hall.id(7), new Address("203.0.113.9", 1), List.of(), List.of());

    private static final Handshake PY2P =
            new Handshake(Hall.id(7), new Address("203.0.113.9", 1), List.of(), List.of(), Lineage.PY2P);

    private final Hall hall = new Hall(1, true);
    private final Hall.Guest host = hall.add();

    @Test
    void entriesGoInTheOrderOfTheirKeysAndEachOnce() { // SYN-13
        fill(3000);
        List<String> keys = new ArrayList<>();
        List<TableEffect> effects = host.replica.joined(LINK, PEER, false, host.now());
        while (host.replica.isSendingTo(LINK)) {
            keys.addAll(keys(effects));
            effects = host.replica.hasRoom(LINK, host.now());
        }
        keys.addAll(keys(effects));

        assertThat(keys).hasSize(3000).isSorted().doesNotHaveDuplicates();
        assertThat(host.replica.hasRoom(LINK, host.now())).isEmpty();
    }

    @Test
    void whatChangesMeanwhileIsSentAsItIsThen() { // SYN-13
        fill(3000);
        host.replica.joined(LINK, PEER, false, host.now());
        host.put("key 9999", Value.of("new"));
        host.delete("key 2998");
        host.put("key 0000", Value.of("behind the cursor: broadcast only"));
        List<String> keys = new ArrayList<>();
        while (host.replica.isSendingTo(LINK)) {
            keys.addAll(keys(host.replica.hasRoom(LINK, host.now())));
        }

        assertThat(keys).contains("key 9999", "key 2999").doesNotContain("key 2998", "key 0000");
    }

    @Test
    void aPortionIsBoundedAndTheNextOneWaitsForRoom() { // SYN-15
        fill(3000);
        List<TableEffect> effects = host.replica.joined(LINK, PEER, false, host.now());

        long cost = effects.stream()
                .filter(TableEffect.Whisper.class::isInstance)
                .filter(effect -> ((TableEffect.Whisper) effect).payload().size() == 5)
                .count();
        assertThat(cost * host.replica.entries().firstEntry().getValue().cost()).isBetween(30_000L, 65_536L);
        assertThat(effects.get(effects.size() - 1)).isEqualTo(new TableEffect.Perform(new Effect.AskRoom(LINK)));
        assertThat(host.replica.stats().transfers()).isEqualTo(1);
    }

    @Test
    void oneLargeEntryGoesAlone() { // SYN-15
        for (int index = 0; index < 3; index++) {
            host.put("key " + index, Value.of(Bytes.of(new byte[200_000])));
        }
        assertThat(keys(host.replica.joined(LINK, PEER, false, host.now()))).containsExactly("key 0");
        assertThat(keys(host.replica.hasRoom(LINK, host.now()))).containsExactly("key 1");
        assertThat(host.replica.isSendingTo(LINK)).isTrue();
        assertThat(keys(host.replica.hasRoom(LINK, host.now()))).containsExactly("key 2");
        assertThat(host.replica.isSendingTo(LINK)).isFalse();
    }

    @Test
    void whatCouldBePy2pSaysThatItHasReadAPortionBeforeTheNext() { // SYN-24
        fill(300);
        long each = 128 + host.replica.entries().firstEntry().getValue().cost();
        int most = (int) (24_576 / each);
        List<TableEffect> first = host.replica.joined(LINK, PY2P, false, host.now());

        assertThat(keys(first)).hasSize(most);
        assertThat(((TableEffect.Whisper) first.get(first.size() - 1)).payload())
                .containsExactly(Value.of(8), Value.of(Bytes.ofUtf8("*")));
        assertThat(host.replica.hasRoom(LINK, host.now()))
                .as("room is not enough")
                .isEmpty();
        assertThat(host.replica.tick(in(3 * Time.SECOND - 1))).isEmpty();
        assertThat(listOn(LINK)).containsExactly(new TableEffect.Perform(new Effect.AskRoom(LINK)));
        assertThat(listOn(LINK)).as("once").doesNotContain(new TableEffect.Perform(new Effect.AskRoom(LINK)));
        assertThat(keys(host.replica.hasRoom(LINK, host.now())))
                .hasSize(most)
                .first()
                .isEqualTo("key %04d".formatted(most));
    }

    @Test
    void aPy2pThatDoesNotSaySoIsNotWaitedForAgain() { // SYN-24, foreign-answer
        for (int index = 0; index < 3; index++) {
            host.put("key " + index, Value.of(Bytes.of(new byte[200_000])));
        }
        assertThat(keys(host.replica.joined(LINK, PY2P, false, host.now()))).containsExactly("key 0");
        assertThat(host.replica.deadline()).hasValue(host.now().nanos() + 3 * Time.SECOND);
        assertThat(host.replica.tick(in(3 * Time.SECOND)))
                .containsExactly(new TableEffect.Perform(new Effect.AskRoom(LINK)));
        List<TableEffect> next = host.replica.hasRoom(LINK, in(3 * Time.SECOND));
        assertThat(keys(next)).containsExactly("key 1");
        assertThat(next).endsWith(new TableEffect.Perform(new Effect.AskRoom(LINK)));
        List<TableEffect> last = host.replica.hasRoom(LINK, in(3 * Time.SECOND));

        assertThat(keys(last)).containsExactly("key 2");
        assertThat(last).hasSize(1);
        assertThat(host.replica.isSendingTo(LINK)).isFalse();
    }

    @Test
    void anEndedLinkEndsItsTransfer() { // SYN-15
        fill(3000);
        host.replica.joined(LINK, PEER, false, host.now());
        host.replica.left(LINK, host.now());

        assertThat(host.replica.isSendingTo(LINK)).isFalse();
        assertThat(host.replica.hasRoom(LINK, host.now())).isEmpty();
        assertThat(host.replica.stats().transfers()).isZero();
    }

    @Test
    void anInterruptedTransferIsGoneOnWithByAnotherLink() { // SYN-12, SYN-17
        fill(3000);
        hall.addAll(2);
        hall.connect(0, 1);
        hall.run();
        Hall.Guest newcomer = hall.guests.get(2);
        hall.connect(2, 0);
        for (int steps = 0; steps < 1000; steps++) {
            hall.step();
        }
        hall.disconnect(2, 0);
        assertThat(newcomer.replica.size()).isBetween(1, 2999);
        assertThat(newcomer.replica.isReady()).isFalse();
        hall.connect(2, 1);
        hall.run();

        assertThat(newcomer.state()).isEqualTo(host.state());
        assertThat(newcomer.news).hasSize(3000);
    }

    @Test
    void aHundredThousandEntriesAreJoined() { // SYN-13, SYN-15
        fill(100_000);
        Hall.Guest newcomer = hall.add();
        hall.connect(1, 0);
        hall.run();

        assertThat(newcomer.replica.size()).isEqualTo(100_000);
        assertThat(newcomer.replica.stats().joinsReceived()).isEqualTo(100_000);
        assertThat(host.replica.stats().joinsSent()).isEqualTo(100_000);
    }

    @Test
    void aTableIsReadyWithTheSecondListOfPeersOnOneLink() { // SYN-17
        hall.addAll(2);
        hall.connect(0, 1);
        hall.connect(0, 2);
        assertThat(host.whispered)
                .allSatisfy(question ->
                        assertThat(question.payload()).containsExactly(Value.of(8), Value.of(Bytes.ofUtf8("*"))));
        list(1);
        list(2);
        assertThat(host.replica.isReady()).isFalse();
        list(1);
        assertThat(host.replica.isReady()).isTrue();
        list(1);
        assertThat(host.news).hasSize(1).first().isInstanceOf(SyncNews.Ready.class);
        int asked = host.whispered.size();
        hall.add();
        hall.connect(0, 3);
        assertThat(host.whispered).as("nothing is asked for any more").hasSize(asked);
    }

    @Test
    void aTableIsReadyWhenNothingComesForAWhile() { // SYN-17
        hall.addAll(2);
        hall.connect(0, 1);
        hall.advance(4);
        host.told(1, 2, Value.text(Hall.id(1).bytes()), Hall.WALL, join("key"));
        hall.advance(4);
        assertThat(host.replica.tick(host.now())).isEmpty();
        assertThat(host.replica.deadline()).hasValue(host.now().nanos() + Time.SECOND);
        hall.advance(1);
        assertThat(host.replica.tick(host.now())).hasSize(1);
        assertThat(host.replica.isReady()).isTrue();
        assertThat(host.replica.deadline()).isEmpty();
    }

    @Test
    void aLinkThatEndsBeforeDoesNotCount() { // SYN-17
        hall.addAll(1);
        hall.connect(0, 1);
        list(1);
        hall.disconnect(0, 1);
        hall.advance(100);
        assertThat(host.replica.tick(host.now())).isEmpty();
        assertThat(host.replica.isReady()).isFalse();
        assertThat(host.replica.deadline()).isEmpty();
    }

    private void fill(int count) {
        for (int index = 0; index < count; index++) {
            host.put("key %04d".formatted(index), Value.of(index));
        }
    }

    private List<TableEffect> listOn(LinkId link) {
        Message list = new Message(2, Value.text(Hall.id(7).bytes()), Hall.WALL, List.of(Value.of(7), Value.array()));
        Frame frame = Hall.frame(PackedMessage.of(list, Limits.DEFAULT));
        return host.replica.received(new Event.Received(link, frame, 2, 7, 2, Hall.WALL), host.now());
    }

    private Time in(long nanos) {
        return new Time(host.now().nanos() + nanos, host.now().wallSeconds());
    }

    private void list(int from) {
        host.told(from, 2, Value.text(Hall.id(from).bytes()), Hall.WALL, Value.of(7), Value.array());
    }

    private static Value[] join(String key) {
        Value owner = Value.text(Hall.id(5).bytes());
        return new Value[] {Value.of(11), Value.of(key), Value.of(1), owner, Value.of(Hall.WALL)};
    }

    private static List<String> keys(List<TableEffect> effects) {
        return effects.stream()
                .filter(TableEffect.Whisper.class::isInstance)
                .map(effect -> ((TableEffect.Whisper) effect).payload())
                .filter(payload -> payload.size() == 5)
                .map(payload -> ((Value.ByteString) payload.get(1)).bytes().utf8())
                .toList();
    }
}
