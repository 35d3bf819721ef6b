package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.MESH;
import static today.p2p.link.Ends.PEER;
import static today.p2p.link.Ends.handshake;
import static today.p2p.link.Ends.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Event;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** Chapter 12.1. */
class HandshakeTest {
    private final Ends ends = new Ends(NodeLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aNodeGreetsAtOnceWithoutWaiting(Dialect dialect) { // LNK-1, LNK-2, DIA-1
        Self self = new Self(Ends.OWN, MESH, dialect, Ends.SELF.address(), Ends.ZLIB);
        Ends greeting = new Ends(self, NodeLimits.DEFAULT, new QueueBudget(NodeLimits.DEFAULT));

        assertThat(greeting.written()).singleElement().satisfies(sent -> {
            assertThat(sent.type()).isEqualTo(2);
            assertThat(sent.sender()).isEqualTo(self.idValue());
            assertThat(sent.time()).isEqualTo(greeting.now().wallSeconds());
            assertThat(sent.payload())
                    .containsExactly(
                            Value.of(5),
                            self.idValue(),
                            self.protocolValue(),
                            Value.array(Value.of("192.0.2.1"), Value.of(4444)),
                            Value.array(Value.of(0x13), Value.of(0x11)));
        });
        assertThat(greeting.told()).singleElement().isInstanceOf(Event.LinkUp.class);
    }

    @Test
    void aSoundHandshakeOpensTheLink() { // LNK-2
        ends.receive(handshake(PEER, Value.of(0x13)));

        assertThat(ends.link.state()).isEqualTo(LinkState.OPEN);
        assertThat(ends.link.peer()).hasValueSatisfying(peer -> {
            assertThat(peer.id().text()).isEqualTo(PEER);
            assertThat(peer.address().toString()).isEqualTo("192.0.2.2:4445");
            assertThat(peer.codecs()).containsExactly(0x13L);
        });
        assertThat(ends.told()).last().isInstanceOf(Event.Greeted.class);
    }

    @Test
    void anythingElseBeforeTheHandshakeIsOutOfOrder() { // LNK-3
        ends.receive(message(2, Value.of(2), Value.of("hi")));

        assertThat(ends.fate()).isEqualTo("ORDER");
        assertThat(ends.passed()).isEmpty();
        assertThat(ends.written()).hasSize(1);
    }

    @Test
    void aHandshakeOfAnotherNetworkIsRefused() { // LNK-4
        ends.receive(changed(2, Value.of(Bytes.ofUtf8("other"))));

        assertThat(ends.fate()).isEqualTo("SUBNET");
        assertThat(ends.told()).noneMatch(Event.Greeted.class::isInstance);
    }

    @Test
    void theProtocolIdIsComparedAsBytes() { // LNK-4, MSG-8
        ends.receive(changed(2, Value.text(MESH.bytes())));

        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void aLinkToItselfIsClosed() { // LNK-5
        ends.receive(handshake(Ends.OWN.text()));

        assertThat(ends.fate()).isEqualTo("ORDER");
    }

    @Test
    void partsOfTheWrongShapeAreRefused() { // LNK-6
        assertThat(fateOf(changed(1, Value.of(5)))).isEqualTo("SHAPE");
        assertThat(fateOf(changed(1, Value.of("0OIl")))).isEqualTo("BASE58");
        assertThat(fateOf(changed(1, Value.of("")))).isEqualTo("BASE58");
        assertThat(fateOf(changed(3, Value.of("192.0.2.2:4445")))).isEqualTo("SHAPE");
        assertThat(fateOf(changed(3, Value.array(Value.of("a"), Value.of(65536)))))
                .isEqualTo("SHAPE");
        assertThat(fateOf(changed(4, Value.nil()))).isEqualTo("SHAPE");
    }

    @Test
    void unknownCodecsAndTokensAreNoted() { // LNK-7, EXT-1
        ends.receive(handshake(PEER, Value.of(0x99), Value.of("ext:1"), Value.nil(), Value.of(0x11)));

        assertThat(ends.link.peer().orElseThrow().codecs()).containsExactly(0x99L, 0x11L);
        assertThat(ends.link.peer().orElseThrow().extensions()).containsExactly("ext:1");
    }

    @Test
    void aCodecListHasAtMostMaxCodecsItems() { // LNK-7, max-codecs
        assertThat(fateOf(changed(4, codecs(64)))).isEqualTo("open");
        assertThat(fateOf(changed(4, codecs(65)))).isEqualTo("LIMIT");
    }

    @Test
    void theFirstCheckThatFailsNamesTheError() { // LNK-27
        Value wrong = Value.nil();
        List<String> fates = new ArrayList<>();
        for (List<Value> payload : List.of(
                List.<Value>of(Value.of(5), wrong, wrong, wrong, wrong),
                List.<Value>of(Value.of(5), wrong, Value.of(MESH.bytes()), wrong, wrong),
                List.<Value>of(Value.of(5), Ends.SELF.idValue(), Value.of(MESH.bytes()), wrong, wrong),
                List.<Value>of(Value.of(5), Value.of("!"), Value.of(MESH.bytes()), wrong, wrong),
                List.<Value>of(Value.of(5), Value.of(PEER), Value.of(MESH.bytes()), wrong, codecs(65)))) {
            fates.add(fateOf(new Message(2, Value.of(PEER), 0, payload)));
        }

        assertThat(fates).containsExactly("SUBNET", "SHAPE", "ORDER", "BASE58", "SHAPE");
    }

    @Test
    void withoutAHandshakeTheLinkEndsAtItsDeadline() { // LNK-8, handshake-deadline
        ends.passSeconds(9);
        assertThat(ends.fate()).isEqualTo("open");

        ends.passSeconds(1);
        assertThat(ends.fate()).isEqualTo("SLOW");
        assertThat(ends.link.deadline()).isEmpty();
    }

    @Test
    void aFurtherHandshakeReplacesAddressAndCodecs() { // LNK-9
        ends.receive(handshake(PEER));
        ends.outputs.clear();

        ends.receive(handshake(PEER, Value.of(0x11)));

        assertThat(ends.told()).singleElement().isInstanceOf(Event.Greeted.class);
        assertThat(ends.frames()).isEmpty();
        assertThat(ends.link.peer().orElseThrow().codecs()).containsExactly(0x11L);
    }

    @Test
    void aFurtherHandshakeWithAnotherIdIsOutOfOrder() { // LNK-9
        ends.receive(handshake(PEER));

        ends.receive(handshake("y"));

        assertThat(ends.fate()).isEqualTo("ORDER");
    }

    @Test
    void metaPassesAndOtherCountsAreIgnored() { // LNK-10
        ends.receive(handshake(PEER));
        ends.receive(message(2, Value.of(5), Value.of("1")));
        ends.receive(message(2, Value.of(5)));
        ends.receive(message(2, Value.of(5), Value.nil(), Value.nil()));
        ends.receive(message(2, Value.of(5), Value.nil(), Value.nil(), Value.nil(), Value.nil(), Value.nil()));

        assertThat(ends.passed()).hasSize(1);
        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void theFirstFrameIsAtMostMaxGreetingLong() { // LNK-26, max-greeting
        ends.receive((byte) 0, (byte) 1, (byte) 0, (byte) 0);
        assertThat(ends.fate()).isEqualTo("open");

        Ends other = new Ends(NodeLimits.DEFAULT);
        other.receive((byte) 0, (byte) 1);
        other.receive((byte) 0, (byte) 1);
        assertThat(other.fate()).isEqualTo("LIMIT");
    }

    @Test
    void theFirstFrameIsRefusedAtItsHeaderAlsoWhenAllOfItIsThere() { // LNK-26, STR-1
        Message padded = message(2, Value.of(2), Value.of(Bytes.of(new byte[65536])));
        ends.receive(padded);
        assertThat(ends.fate()).isEqualTo("LIMIT");

        Ends open = Ends.open();
        open.receive(padded);
        assertThat(open.fate()).as("it is the first one only").isEqualTo("open");
    }

    @Test
    void nothingIsInflatedForAStranger() { // LNK-26
        byte[] much = new byte[4096];
        Message padded = message(2, Value.of(2), Value.of(Bytes.of(much)));
        ends.receive(today.p2p.serializer.PackedMessage.of(padded, today.p2p.serializer.Limits.DEFAULT)
                .frameFor(Ends.ZLIB.get(0)));

        assertThat(ends.fate()).isEqualTo("CHECKSUM");
    }

    private static String fateOf(Message first) {
        Ends fresh = new Ends(NodeLimits.DEFAULT);
        fresh.receive(first);
        return fresh.fate();
    }

    private static Message changed(int item, Value value) {
        List<Value> payload = new ArrayList<>(handshake(PEER).payload());
        payload.set(item, value);
        return new Message(2, Value.of(PEER), 0, payload);
    }

    private static Value codecs(int count) {
        return Value.of(Collections.nCopies(count, Value.of(0x13)));
    }
}
