package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.kernel.Address;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.TableEffect;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** SYN-23: what closes a link of js2p is not sent to one, and to all others as ever. */
class ScriptNamesTest {
    private static final int STORE = 11;
    private static final int DELTA = 17;
    private static final Value ONE = Value.of(1);
    private static final LinkId KIT = link(Lineage.KIT);
    private static final LinkId PY2P = link(Lineage.PY2P);
    private static final LinkId JS2P = link(Lineage.JS2P);

    private final Hall hall = new Hall(1, true);
    private final Hall.Guest one = hall.add();

    @BeforeEach
    void aNeighbourOfEachKind() {
        for (Lineage lineage : Lineage.values()) {
            join(lineage);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__proto__",
                "__defineGetter__",
                "__defineSetter__",
                "__lookupGetter__",
                "__lookupSetter__",
                "constructor",
                "hasOwnProperty",
                "isPrototypeOf",
                "propertyIsEnumerable",
                "toLocaleString",
                "toString",
                "valueOf"
            })
    void aKeyThatEveryObjectOfItsLanguageHasIsWithheldFromJs2p(String key) {
        assertThat(putExcept(key, ONE)).containsExactly(JS2P);
        assertThat(relayed(STORE, key, ONE)).containsExactly(KIT, PY2P);
        assertThat(relayed(DELTA, key, Value.map())).containsExactly(KIT, PY2P);
        assertThat(joinStores()).containsExactly(1, 1, 0);
    }

    @ParameterizedTest
    @MethodSource
    void aValueWithoutTextIsWithheldFromJs2p(Value value) {
        assertThat(putExcept("key", value)).containsExactly(JS2P);
        assertThat(relayed(STORE, "other", value)).containsExactly(KIT, PY2P);
        assertThat(joinStores()).containsExactly(1, 1, 0);
    }

    static Stream<Value> aValueWithoutTextIsWithheldFromJs2p() {
        return Stream.of(
                map("toString", ONE),
                map("__proto__", Value.nil()),
                Value.map(new Value.Entry(Value.of(Bytes.ofUtf8("toString")), ONE)),
                Value.array(ONE, map("toString", ONE)),
                Value.array(Value.array(Value.array(map("__proto__", ONE)))));
    }

    @ParameterizedTest
    @MethodSource
    void anyOtherValueIsSentToAll(Value value) {
        assertThat(putExcept("key", value)).isEmpty();
        assertThat(relayed(STORE, "other", value)).containsExactly(KIT, PY2P, JS2P);
        assertThat(joinStores()).containsExactly(1, 1, 1);
    }

    static Stream<Value> anyOtherValueIsSentToAll() {
        return Stream.of(
                Value.of("toString"),
                map("constructor", ONE),
                map("valueOf", ONE),
                map("tostring", ONE),
                map("inner", map("toString", ONE)),
                Value.array(map("inner", map("toString", ONE))));
    }

    @Test
    void aDeltaOnAnotherKeyIsSentToAllAndItsEntryThenToNoJs2pThatJoins() {
        assertThat(relayed(DELTA, "key", map("toString", ONE))).containsExactly(KIT, PY2P, JS2P);
        one.merge("key", map("toString", ONE));
        assertThat(joinStores()).containsExactly(1, 1, 0);
    }

    @Test
    void aKeyWithSuchANameInItIsSentToAll() {
        assertThat(putExcept("toString1", ONE)).isEmpty();
        assertThat(putExcept("", ONE)).isEmpty();
    }

    private List<LinkId> putExcept(String key, Value value) {
        SyncCall.Put put = new SyncCall.Put(77, Bytes.ofUtf8(key), value, SyncCall.Expected.ANY);
        List<LinkId> except = new ArrayList<>();
        for (TableEffect effect : one.replica.called(put, ScriptNamesTest::draft, one.now())) {
            if (effect instanceof TableEffect.Broadcast sent) {
                except.addAll(sent.except());
            }
        }
        return except;
    }

    private static Optional<Draft> draft(List<Value> payload) {
        return Optional.of(new Draft(Hall.WALL, packed(payload)));
    }

    private List<LinkId> relayed(int subFlag, String key, Value value) {
        PackedMessage message = packed(List.of(Value.of(subFlag), Value.of(key), value));
        Event.Received event = new Event.Received(Hall.link(0, 1), Hall.frame(message), 0, subFlag, 3, Hall.WALL);
        return Stream.of(KIT, PY2P, JS2P)
                .filter(link -> one.replica.mayRelay(event, link))
                .toList();
    }

    /** How many join stores one of each kind is sent that joins now. */
    private List<Integer> joinStores() {
        return Stream.of(Lineage.values()).map(this::join).toList();
    }

    private int join(Lineage lineage) {
        Address address = new Address("203.0.113.9", 1);
        Handshake peer = new Handshake(Hall.id(9), address, List.of(), List.of(), lineage);
        int stores = 0;
        for (TableEffect effect : one.replica.joined(link(lineage), peer, true, one.now())) {
            if (effect instanceof TableEffect.Whisper whisper
                    && whisper.payload().size() == 5) {
                stores++;
            }
        }
        return stores;
    }

    private static PackedMessage packed(List<Value> payload) {
        Value.Text author = Value.text(Hall.id(5).bytes());
        return PackedMessage.of(new Message(0, author, Hall.WALL, payload), Limits.DEFAULT);
    }

    private static LinkId link(Lineage lineage) {
        return new LinkId(10 + lineage.ordinal());
    }

    private static Value.Map map(String key, Value value) {
        return Value.map(new Value.Entry(Value.of(key), value));
    }
}
