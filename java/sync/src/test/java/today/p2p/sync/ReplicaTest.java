package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.kernel.Address;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** One replica, and what peers and callers may make of it (chapter 14). */
class ReplicaTest {
    private static final long NOW = Hall.WALL;
    private static final Value KEY = Value.of("key");
    private static final Value STORE = Value.of(11);
    private static final Value DELTA = Value.of(17);

    private final Hall hall = new Hall(1, true);
    private final Hall.Guest one = hall.add();
    private final Hall.Guest peer = hall.add();

    ReplicaTest() {
        hall.connect(0, 1);
        hall.run();
    }

    @Test
    void aKeyIsItsBytesWhateverItsType() { // SYN-1
        broadcast(STORE, Value.of("k"), Value.of(1));
        broadcast(STORE, Value.of(Bytes.ofUtf8("k")), Value.of(2));

        assertThat(one.replica.size()).isEqualTo(1);
        assertThat(one.get("k")).contains(Value.of(2));
    }

    @Test
    void whatHasNoneOfTheFormsIsIgnored() { // SYN-4
        Value id = Value.of("owner");
        broadcast(STORE, KEY);
        broadcast(STORE, KEY, Value.of(1), Value.of(2));
        broadcast(STORE, Value.of(7), Value.of(1));
        broadcast(STORE, KEY, Value.of(1), id, Value.of(NOW));
        broadcast(DELTA, KEY, Value.of(1));
        broadcast(DELTA, KEY, Value.map(new Value.Entry(Value.array(), Value.of(1))));
        broadcast(DELTA, KEY, Value.map(), id, Value.of(NOW));
        whisper(STORE, KEY, Value.nil(), id, Value.of(NOW));
        whisper(STORE, KEY, Value.of(1), Value.of(5), Value.of(NOW));
        whisper(STORE, KEY, Value.of(1), id, Value.of(-1));
        whisper(STORE, KEY, Value.of(1), id, Value.ofUnsigned(-1));

        assertThat(one.replica.size()).isZero();
        assertThat(refused(Refusal.SHAPE)).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"60, true", "61, false"})
    void aChangeMayBeDatedAMinuteAheadAndNoMore(long ahead, boolean taken) { // SYN-5
        one.told(1, 0, ownerOf(5), NOW + ahead, STORE, KEY, Value.of(1));
        assertThat(one.get("key").isPresent()).isEqualTo(taken);
        whisper(STORE, Value.of("join"), Value.of(1), ownerOf(5), Value.of(NOW + ahead));
        assertThat(one.get("join").isPresent()).isEqualTo(taken);
    }

    @Test
    void aChangeIsNotTakenInTheNameOfAnother() { // SYN-6
        one.told(1, 0, ownerOf(0), NOW, STORE, KEY, Value.of(1));
        one.told(1, 2, ownerOf(5), NOW, STORE, KEY, Value.of(1));
        one.told(1, 0, Value.of("o".repeat(129)), NOW, STORE, KEY, Value.of(1));
        whisper(STORE, KEY, Value.of(1), Value.of("o".repeat(129)), Value.of(NOW));
        assertThat(one.replica.size()).isZero();
        assertThat(refused(Refusal.OWNER)).isEqualTo(4);

        one.told(1, 2, ownerOf(1), NOW, STORE, KEY, Value.of(1));
        one.told(1, 0, Value.of("o".repeat(128)), NOW, STORE, Value.of("other"), Value.of(1));
        assertThat(one.replica.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"4096, 1048571, true", "4097, 1, false", "1, 1048572, false"})
    void keysAndValuesHaveALimit(int key, int value, boolean taken) { // SYN-9: a binary has 5 bytes before it
        Value content = Value.of(Bytes.of(new byte[value]));
        broadcast(STORE, Value.of("k".repeat(key)), content);
        assertThat(one.replica.size()).isEqualTo(taken ? 1 : 0);

        Outcome own = one.put("o".repeat(key), content);
        if (taken) {
            assertThat(own).isInstanceOf(SyncOutcome.Written.class);
        } else {
            String why = key > 4096 ? "the key is longer than max-key" : "the value is larger than max-value";
            assertThat(own).isEqualTo(new Outcome.Failed(ErrorCode.LIMIT, why));
        }
    }

    @Test
    void aDeltaCannotMakeAValueTooLong() { // SYN-9, SYN-11
        Value half = Value.of(Bytes.of(new byte[600_000]));
        broadcast(DELTA, KEY, Value.map(new Value.Entry(Value.of(1), half)));
        broadcast(DELTA, KEY, Value.map(new Value.Entry(Value.of(2), half)));

        assertThat(one.get("key")).contains(Value.map(new Value.Entry(Value.of(1), half)));
        assertThat(refused(Refusal.LIMIT)).isEqualTo(1);
    }

    @Test
    void aFullTableTakesNoNewKeyAndLosesNone() { // SYN-10
        Hall small = new Hall(1, true, NodeLimits.DEFAULT.with(Limit.MAX_ENTRIES, 3));
        Hall.Guest host = small.add();
        small.add();
        small.connect(0, 1);
        host.put("own", Value.of(0));
        for (int index = 0; index < 1000; index++) {
            host.told(1, 0, ownerOf(5), NOW, STORE, Value.of("key " + index), Value.of(index));
        }
        host.told(1, 0, ownerOf(5), NOW, STORE, Value.of("key 1"), Value.of("changed"));

        assertThat(host.state()).contains("key 0 = 0", "key 1 = \"changed\"", "own = 0");
        assertThat(host.replica.size()).isEqualTo(3);
        assertThat(host.put("more", Value.of(1)))
                .isEqualTo(new Outcome.Failed(ErrorCode.LIMIT, "the table is full: max-entries"));
        host.delete("own");
        assertThat(host.put("more", Value.of(1))).isInstanceOf(SyncOutcome.Written.class);
    }

    @Test
    void whatEntriesCostHasALimit() { // SYN-10
        // Key 1 byte, owner 1, value 1 + 2 items of 1: 128 + 1 + 1 + 3 + 2 * 32.
        Hall small = new Hall(1, true, NodeLimits.DEFAULT.with(Limit.MAX_TABLE_BYTES, 2 * 197));
        Hall.Guest host = small.add();
        small.add();
        small.connect(0, 1);
        for (String key : List.of("a", "b", "c")) {
            Value pair = Value.array(Value.of(1), Value.of(2));
            host.told(1, 0, Value.of("o"), NOW, STORE, Value.of(key), pair);
        }

        assertThat(host.replica.entries()).containsOnlyKeys(Bytes.ofUtf8("a"), Bytes.ofUtf8("b"));
        assertThat(host.replica.stats().bytes()).isEqualTo(2 * 197);
        host.told(1, 0, Value.of("o"), NOW, STORE, Value.of("a"), Value.of(1));
        assertThat(host.get("a")).as("smaller than before").contains(Value.of(1));
        assertThat(host.put("more", Value.of("x".repeat(1000))))
                .isEqualTo(new Outcome.Failed(ErrorCode.LIMIT, "the table is full: max-table-bytes"));
    }

    @Test
    void aSetReplacesValueOwnerAndTime() { // SYN-7
        one.told(1, 0, ownerOf(5), NOW - 7, STORE, KEY, Value.of(1));

        assertThat(one.replica.entry(Bytes.ofUtf8("key"))).hasValueSatisfying(entry -> {
            assertThat(entry.value()).isEqualTo(Value.of(1));
            assertThat(entry.owner()).isEqualTo(ownerOf(5));
            assertThat(entry.time()).isEqualTo(NOW - 7);
        });
    }

    @Test
    void aDeletionOfAnAbsentKeyChangesNothing() { // SYN-8, F3
        broadcast(STORE, KEY, Value.nil());
        assertThat(one.news).isEmpty();
        assertThat(one.delete("key")).isEqualTo(new SyncOutcome.Written(null, null));
        assertThat(hall.step()).as("nothing is sent").isFalse();
    }

    @Test
    void aDeltaMergesOneLevelDeep() { // SYN-11
        broadcast(STORE, KEY, map("a", Value.of(1), "b", map("x", Value.of(1)), "c", Value.of(3)));
        broadcast(DELTA, KEY, map("d", Value.of(4), "b", map("y", Value.of(2)), "c", Value.nil()));

        assertThat(one.get("key").map(Value::toString)).contains("[\"a\": 1, \"b\": [\"y\": 2], \"c\": NIL, \"d\": 4]");
    }

    @Test
    void aDeltaOfAnAbsentKeyMakesItAndOneOnNoMapDoesNothing() { // SYN-11
        broadcast(DELTA, KEY, map("a", Value.of(1)));
        assertThat(one.get("key")).contains(map("a", Value.of(1)));
        broadcast(STORE, KEY, Value.of(5));
        broadcast(DELTA, KEY, map("a", Value.of(1)));
        assertThat(one.get("key")).contains(Value.of(5));

        one.put("own", Value.of(1));
        assertThat(one.merge("own", map("a", Value.of(1))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(ErrorCode.SHAPE));
    }

    @Test
    void anEntryHoldsNothingOfItsFrameAndSharesItsOwner() { // SYN-10
        broadcast(STORE, Value.of("a"), Value.array(Value.of("one"), Value.of(Bytes.of(new byte[7]))));
        whisper(STORE, Value.of("b"), Value.of("four"), ownerOf(1), Value.of(NOW));
        whisper(STORE, Value.of("c"), Value.of(1), Value.of(ownerOf(1).bytes()), Value.of(NOW));
        List<TableEntry> entries = List.copyOf(one.replica.entries().values());

        List<Value> items = ((Value.Array) entries.get(0).value()).items();
        assertThat(heldBy(items.get(0))).isEqualTo(3);
        assertThat(heldBy(items.get(1))).isEqualTo(7);
        assertThat(heldBy(entries.get(1).value())).isEqualTo(4);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(heldBy(entry.owner()))
                        .isEqualTo(ownerOf(1).bytes().length()));
        assertThat(entries.get(1).owner()).isSameAs(entries.get(0).owner());
        assertThat(entries.get(2).owner())
                .as("told on in the type with which it came")
                .isEqualTo(Value.of(ownerOf(1).bytes()));
    }

    private static int heldBy(Value text) {
        return Bytes.Shared.array(((Value.ByteString) text).bytes()).length;
    }

    @Test
    void whatIsLeftOfADeltaHoldsNoMoreThanItself() { // SYN-10
        broadcast(DELTA, KEY, map("large", Value.of(Bytes.of(new byte[500_000])), "small", Value.of("s")));
        Value.Map value = (Value.Map) one.get("key").orElseThrow();
        Bytes small = ((Value.Text) value.get(Value.of("small")).orElseThrow()).bytes();

        assertThat(Bytes.Shared.array(small)).hasSize(1);
    }

    @Test
    void aJoinStoreNeverOverwritesWhateverIsThere() { // SYN-12
        List<Value> falsy = List.of(
                Value.of(0),
                Value.of(false),
                Value.of(""),
                Value.of(Bytes.EMPTY),
                Value.array(),
                Value.map(),
                Value.of(0.0));
        for (int index = 0; index < falsy.size(); index++) {
            one.put("key " + index, falsy.get(index));
            whisper(STORE, Value.of("key " + index), Value.of("new"), ownerOf(0), Value.of(NOW + 1));
            assertThat(one.get("key " + index)).contains(falsy.get(index));
        }
        whisper(STORE, Value.of("absent"), Value.of("new"), ownerOf(5), Value.of(NOW - 9));
        assertThat(one.replica.entry(Bytes.ofUtf8("absent")))
                .hasValueSatisfying(entry -> assertThat(entry.time()).isEqualTo(NOW - 9));
    }

    @Test
    void aRefusedChangeOfOnesOwnNamesOwnerAndInstant() { // SYN-21, SYN-22
        one.told(1, 0, ownerOf(5), NOW, STORE, KEY, Value.of(1));
        hall.run();
        hall.advance(1);

        assertThat(one.put("key", Value.of(2))).isInstanceOfSatisfying(SyncOutcome.Held.class, held -> {
            assertThat(held.current().owner()).isEqualTo(ownerOf(5));
            assertThat(held.freeFrom()).isEqualTo(NOW + 3601);
        });
        assertThat(hall.step()).as("nothing is sent").isFalse();
        hall.advance(3599);
        assertThat(one.put("key", Value.of(2))).isInstanceOf(SyncOutcome.Held.class);
        hall.advance(1);
        assertThat(one.put("key", Value.of(2))).isInstanceOf(SyncOutcome.Written.class);
    }

    @Test
    void withoutLeasesAKeyIsFreeInTheNextSecond() { // SYN-22
        Hall free = new Hall(1, false);
        Hall.Guest host = free.add();
        free.add();
        free.connect(0, 1);
        host.told(1, 0, Value.of(""), NOW + 5, STORE, KEY, Value.of(1));

        assertThat(host.put("key", Value.of(2)))
                .isInstanceOfSatisfying(
                        SyncOutcome.Held.class,
                        held -> assertThat(held.freeFrom()).isEqualTo(NOW + 6));
        free.advance(5);
        assertThat(host.put("key", Value.of(2))).isInstanceOf(SyncOutcome.Held.class);
        free.advance(1);
        assertThat(host.put("key", Value.of(2))).isInstanceOf(SyncOutcome.Written.class);
    }

    @Test
    void equalWritesInOneSecondAreDatedApartAndAllArrive() { // SYN-21, MSH-13
        one.put("key", Value.of(1));
        one.put("key", Value.of(2));
        one.put("key", Value.of(1));
        hall.run();

        assertThat(peer.get("key")).contains(Value.of(1));
        assertThat(one.state()).isEqualTo(peer.state());
    }

    @Test
    void aWriteThatExpectsAnotherEntryDoesNothing() {
        one.put("key", Value.of(1));
        TableEntry read = one.replica.entry(Bytes.ofUtf8("key")).orElseThrow();
        one.put("key", Value.of(1));

        assertThat(one.put("key", Value.of(2), SyncCall.Expected.of(read))).isInstanceOf(SyncOutcome.Stale.class);
        assertThat(one.put("key", Value.of(2), SyncCall.Expected.NOTHING)).isInstanceOf(SyncOutcome.Stale.class);
        assertThat(one.put("other", Value.of(2), SyncCall.Expected.NOTHING)).isInstanceOf(SyncOutcome.Written.class);
    }

    @Test
    void aDeletionIsNotUndoneByAnOlderJoinStore() { // SYN-14, F6
        one.put("key", Value.of(1));
        hall.advance(2);
        one.delete("key");
        whisper(STORE, KEY, Value.of(1), ownerOf(0), Value.of(NOW));
        whisper(STORE, KEY, Value.of(1), ownerOf(5), Value.of(NOW + 2));
        assertThat(one.get("key")).isEmpty();
        whisper(STORE, KEY, Value.of(1), ownerOf(5), Value.of(NOW + 3));
        assertThat(one.get("key")).as("later than the deletion").isPresent();
    }

    @Test
    void aStrangersDeletionOfAnAbsentKeyHidesNothingFromANewcomer() { // SYN-14
        one.told(1, 0, ownerOf(6), NOW, STORE, KEY, Value.nil());
        whisper(STORE, KEY, Value.of(1), ownerOf(5), Value.of(NOW - 9));
        assertThat(one.get("key")).isPresent();

        one.told(1, 0, ownerOf(5), NOW, STORE, Value.of("other"), Value.nil());
        whisper(STORE, Value.of("other"), Value.of(1), ownerOf(5), Value.of(NOW - 9));
        assertThat(one.get("other"))
                .as("deleted by its owner before the join store came")
                .isEmpty();
    }

    @Test
    void aStrangerCannotWeakenARememberedDeletion() { // SYN-14
        one.put("key", Value.of(1));
        one.delete("key");
        one.told(1, 0, ownerOf(6), NOW, STORE, KEY, Value.nil());
        whisper(STORE, KEY, Value.of(1), ownerOf(0), Value.of(NOW));
        assertThat(one.get("key")).isEmpty();
    }

    @Test
    void deletionsAreForgottenAfterADayAndWhenThereAreTooMany() { // SYN-14
        NodeLimits limits =
                NodeLimits.DEFAULT.with(Limit.MAX_DELETIONS, 2).with(Timer.REMEMBER_DELETION, 100 * Time.SECOND);
        Hall small = new Hall(1, true, limits);
        Hall.Guest host = small.add();
        small.add();
        small.connect(0, 1);
        for (String key : List.of("a", "b", "c")) {
            host.put(key, Value.of(1));
            host.delete(key);
        }
        assertThat(host.replica.stats().deletions()).isEqualTo(2);
        List<String> back = List.of("a", "b");
        back.forEach(key -> join(host, key));
        assertThat(host.replica.entries()).containsOnlyKeys(Bytes.ofUtf8("a"));
        small.advance(99);
        join(host, "b");
        assertThat(host.get("b")).isEmpty();
        small.advance(1);
        join(host, "b");
        assertThat(host.get("b")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "text, text, 19, JS2P",
        "binary, binary, 19, PY2P",
        "binary, text, 19, PY2P",
        "text, binary, 19, KIT",
        "text, text, 34, KIT",
        "binary, binary, 33, KIT"
    })
    void aHandshakeTellsWhoseItCouldBe(String id, String protocol, long codec, Lineage lineage) { // SYN-19
        Value.ByteString own = id.equals("text") ? Value.of("2z") : Value.of(Bytes.ofUtf8("2z"));
        Value.ByteString net = protocol.equals("text") ? Value.of("2z") : Value.of(Bytes.ofUtf8("2z"));

        assertThat(Lineage.of(own, net, List.of(codec), List.of())).isEqualTo(lineage);
        assertThat(Lineage.of(own, net, List.of(codec), List.of("ext:1"))).isEqualTo(Lineage.KIT);
    }

    @Test
    void aDeletionIsNeverSentToJs2pAndOnlyOfAPresentKeyToPy2p() { // SYN-20, F4
        one.put("key", Value.of(1));
        for (Lineage lineage : Lineage.values()) {
            Address address = new Address("203.0.113.9", 1);
            Handshake other = new Handshake(Hall.id(9), address, List.of(), List.of(), lineage);
            one.replica.joined(new LinkId(10 + lineage.ordinal()), other, true, one.now());
        }
        Event.Received present = deletion("key");
        Event.Received absent = deletion("absent");

        assertThat(mayRelay(present)).containsExactly(true, true, false);
        assertThat(mayRelay(absent)).containsExactly(true, false, false);
        assertThat(one.replica.called(
                        new SyncCall.Put(77, Bytes.ofUtf8("key"), Value.nil(), SyncCall.Expected.ANY),
                        payload -> java.util.Optional.of(new today.p2p.kernel.Draft(
                                NOW, PackedMessage.of(new Message(0, Value.of("x"), NOW, payload), Limits.DEFAULT))),
                        one.now()))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                TableEffect.Broadcast.class,
                                sent -> assertThat(sent.except()).containsExactly(new LinkId(12))));
    }

    private List<Boolean> mayRelay(Event.Received message) {
        return List.of(
                one.replica.mayRelay(message, new LinkId(10)),
                one.replica.mayRelay(message, new LinkId(11)),
                one.replica.mayRelay(message, new LinkId(12)));
    }

    private static Event.Received deletion(String key) {
        Message message = new Message(0, ownerOf(5), NOW, List.of(STORE, Value.of(key), Value.nil()));
        PackedMessage packed = PackedMessage.of(message, Limits.DEFAULT);
        return new Event.Received(Hall.link(0, 1), Hall.frame(packed), 0, 11, 3, NOW);
    }

    private static void join(Hall.Guest host, String key) {
        host.told(1, 2, ownerOf(1), NOW, STORE, Value.of(key), Value.of(1), ownerOf(0), Value.of(NOW));
    }

    private void broadcast(Value... payload) {
        one.told(1, 0, ownerOf(1), NOW, payload);
    }

    private void whisper(Value... payload) {
        one.told(1, 2, ownerOf(1), NOW, payload);
    }

    private long refused(Refusal why) {
        return Objects.requireNonNull(one.replica.stats().refused().get(why));
    }

    private static Value.Text ownerOf(int index) {
        return Value.text(Hall.id(index).bytes());
    }

    private static Value.Map map(Object... alternating) {
        List<Value.Entry> entries = new java.util.ArrayList<>();
        for (int at = 0; at < alternating.length; at += 2) {
            entries.add(new Value.Entry(Value.of((String) alternating[at]), (Value) alternating[at + 1]));
        }
        return Value.map(entries);
    }
}
