package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** Chapter 13.1. */
class PeersTest {
    private final Wire wire = new Wire();

    @Test
    void aPeerIsToldOfTheOthersAndNotOfItself() { // MSH-3
        wire.join(1, "a");
        wire.join(2, "b");

        assertThat(wire.sentOn(1))
                .singleElement()
                .satisfies(sent -> assertThat(sent.payload()).containsExactly(Value.of(7), Value.array()));
        assertThat(wire.sentOn(2))
                .singleElement()
                .satisfies(sent -> assertThat(sent.payload())
                        .containsExactly(Value.of(7), Value.array(entry("203.0.113.1", "a"))));
        assertThat(wire.all(Effect.PeerConnected.class)).hasSize(2);
    }

    @Test
    void aPeerThatDoesNotListenIsNotNamed() { // MSH-3
        wire.up(1, "203.0.113.1", OptionalLong.empty());
        Address nowhere = new Address("203.0.113.1", 0);
        wire.on(new Event.Greeted(new LinkId(1), new Handshake(Wire.id("a"), nowhere, List.of(), List.of())));
        wire.join(2, "b");

        assertThat(size(wire.sentOn(2).get(0))).isZero();
    }

    @Test
    void ofTwoLinksThatOneSideDialledTheOlderStays() { // MSH-2
        wire.join(1, "22"); // larger than ours: DUP-1 alone would close the older
        wire.join(2, "22");

        assertThat(wire.closed()).containsExactly("2 DUPLICATE");
    }

    @Test
    void aListHasAtMostMaxPeersSentItems() { // MSH-3, max-peers-sent
        Wire small = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_PEERS_SENT, 3));
        for (int link = 1; link <= 5; link++) {
            small.join(link, "a" + link);
        }

        assertThat(size(small.sentOn(4).get(0))).isEqualTo(3);
        assertThat(size(small.sentOn(5).get(0))).isEqualTo(3);
    }

    @Test
    void aPeerIsKnownByItsOwnHandshakeOnly() { // MSH-1
        wire.up(1, "203.0.113.1", OptionalLong.empty());
        assertThat(wire.node.peers()).isEmpty();

        wire.greet(1, "a");
        assertThat(wire.node.peers()).hasSize(1);
    }

    /** F10: in 0.7 a list of peers makes a node dial anything, and puts the claimed ids into its table. */
    @Test
    void factF10AListOfPeersNeitherEntersThePeerSetNorMakesUsDialAnything() { // MSH-1, MSH-5, MSH-7
        wire.join(1, "a");
        List<Value> poison = new ArrayList<>();
        for (String target : List.of("169.254.169.254", "127.0.0.1", "10.0.0.1", "0.0.0.0", "224.0.0.1", "evil.org")) {
            poison.add(entry(target, "x" + poison.size()));
        }
        wire.receive(1, peers("a", poison));

        assertThat(wire.dialled()).isEmpty();
        assertThat(wire.node.peers()).hasSize(1);
    }

    @Test
    void aNodeDialsUntilItHasMaxOutgoingLinksDialsIncluded() { // MSH-5, max-outgoing
        wire.join(1, "a");
        wire.receive(1, peers("a", targets(20)));

        assertThat(wire.dialled()).hasSize(4).doesNotHaveDuplicates();
        wire.receive(1, peers("a", targets(40)));
        assertThat(wire.dialled()).hasSize(4);

        wire.on(new Event.DialFailed(1, CloseReason.because(CloseReason.Cause.UNREACHABLE, "refused")));
        wire.receive(1, peers("a", targets(40)));
        assertThat(wire.dialled()).hasSize(5);
    }

    @Test
    void neitherItselfNorAPeerIsDialled() { // MSH-5
        wire.join(1, "a");
        wire.join(2, "b");
        wire.receive(1, peers("a", List.of(entry("203.0.113.50", "b"), entry("203.0.113.51", "21"))));

        assertThat(wire.dialled()).isEmpty();
    }

    @Test
    void itsOwnAddressIsNotDialledUnderWhateverId() { // MSH-5
        wire.join(1, "a");
        Address own = Wire.SELF.address();
        Value mine = Value.array(Value.of(own.host()), Value.of(own.port()));
        wire.receive(1, peers("a", List.of(Value.array(mine, Value.of("5T")))));
        assertThat(wire.dialled()).isEmpty();

        Value beside = Value.array(Value.of(own.host()), Value.of(own.port() + 1));
        wire.receive(1, peers("a", List.of(Value.array(beside, Value.of("5T")))));
        assertThat(wire.dialled()).hasSize(1);
    }

    @Test
    void wrongItemsAreSkippedAndTheOthersUsed() { // MSH-4
        wire.join(1, "a");
        wire.receive(
                1,
                peers(
                        "a",
                        List.of(
                                Value.nil(),
                                Value.array(Value.of("203.0.113.50"), Value.of("x")),
                                Value.array(Value.array(Value.of("203.0.113.51"), Value.of(4444)), Value.of("0")),
                                entry("203.0.113.52", "x"))));
        wire.receive(1, wire.message(2, "a", Value.of(7), Value.nil()));
        wire.receive(1, wire.message(2, "a", Value.of(7)));

        assertThat(wire.dialled()).containsExactly("203.0.113.52");
        assertThat(wire.closed()).isEmpty();
    }

    @Test
    void onlyTheFirstMaxPeersReadItemsAreRead() { // MSH-4, max-peers-read
        List<Value> list = new ArrayList<>(
                IntStream.range(0, 63).mapToObj(i -> Value.nil()).toList());
        list.add(entry("203.0.113.50", "x"));
        list.add(entry("203.0.113.51", "y"));
        wire.join(1, "a");
        wire.receive(1, peers("a", list));

        assertThat(wire.dialled()).containsExactly("203.0.113.50");
    }

    @Test
    void requestForPeersIsAnsweredInEitherTypeAndNotTooOften() { // MSH-8, peers-every
        wire.join(1, "a");
        wire.join(2, "b");
        wire.effects.clear();
        wire.receive(1, wire.message(2, "a", Value.of(8), Value.of("*")));
        wire.receive(1, wire.message(2, "a", Value.of(8), Value.of("*")));
        assertThat(wire.sentOn(1)).hasSize(1);

        wire.advance(1);
        wire.receive(1, wire.message(2, "a", Value.of(8), Value.of(Wire.bytes("*"))));
        wire.receive(1, wire.message(2, "a", Value.of(8), Value.of("?")));
        assertThat(wire.sentOn(1))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(size(sent)).isEqualTo(1));
    }

    @Test
    void afterALossAnotherPeerIsAskedForMore() { // MSH-21
        wire.join(1, "a");
        wire.join(2, "b");
        wire.effects.clear();
        wire.down(1);

        assertThat(wire.sentOn(2))
                .singleElement()
                .satisfies(sent -> assertThat(sent.payload()).containsExactly(Value.of(8), Value.of(Wire.bytes("*"))));
        assertThat(wire.all(Effect.PeerDisconnected.class)).hasSize(1);
    }

    @Test
    void addressesThatOneHostCommonlyHasCountAsOne() { // MSH-6
        Wire few = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_LINKS_PER_ADDRESS, 1));
        few.up(1, "2001:db8:1:2::1", OptionalLong.empty());
        few.up(2, "2001:DB8:1:2:ffff::9", OptionalLong.empty());
        few.up(3, "2001:db8:1:3::1", OptionalLong.empty());
        few.up(4, "192.0.2.1", OptionalLong.empty());
        few.up(5, "::ffff:192.0.2.1", OptionalLong.empty());
        few.up(6, "192.0.2.2", OptionalLong.empty());
        few.up(7, "fe80::1%eth0", OptionalLong.empty());
        few.up(8, "fe80::2%eth1", OptionalLong.empty());

        assertThat(few.closed()).containsExactly("2 LIMIT", "5 LIMIT", "8 LIMIT");
    }

    @Test
    void incomingLinksAreBoundedInAllForAnAddressAndWhileGreeting() { // MSH-6
        Wire few = new Wire(NodeLimits.DEFAULT
                .with(Limit.MAX_LINKS, 4)
                .with(Limit.MAX_LINKS_PER_ADDRESS, 2)
                .with(Limit.MAX_HANDSHAKES, 2));
        few.up(1, "203.0.113.1", OptionalLong.empty());
        few.up(2, "203.0.113.1", OptionalLong.empty());
        few.up(3, "203.0.113.2", OptionalLong.empty());
        assertThat(few.closed()).as("max-handshakes").containsExactly("3 LIMIT");
        few.down(3);

        few.greet(1, "a");
        few.greet(2, "b");
        few.up(4, "203.0.113.1", OptionalLong.empty());
        assertThat(few.closed()).as("max-links-per-address").endsWith("4 LIMIT").hasSize(2);
        few.down(4);

        few.join(5, "e");
        few.join(6, "f");
        few.up(7, "203.0.113.7", OptionalLong.empty());
        assertThat(few.closed()).as("max-links").endsWith("7 LIMIT").hasSize(3);
        few.up(8, "203.0.113.8", OptionalLong.of(99));
        assertThat(few.closed()).as("outgoing").hasSize(3);
    }

    @Test
    void theHandshakeOfARefusedLinkMakesNoPeer() { // MSH-6, MSH-1
        Wire one = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_LINKS, 1));
        one.join(1, "a");
        one.up(2, "203.0.113.2", OptionalLong.empty());
        // It was on its way when the link was refused.
        one.greet(2, "b");

        assertThat(one.closed()).containsExactly("2 LIMIT");
        assertThat(one.all(Effect.PeerConnected.class)).hasSize(1);
        one.down(2);
        assertThat(one.all(Effect.PeerDisconnected.class)).isEmpty();
    }

    @Test
    void ofASimultaneousDialBothSidesKeepTheSameLink() { // MSH-2, DUP-1
        Wire large = new Wire(); // "21" is larger than "z"
        large.up(1, "203.0.113.1", OptionalLong.empty());
        large.call(new Call.Connect(7, new Address("203.0.113.1", 4444)));
        large.up(2, "203.0.113.1", OptionalLong.of(1));
        large.greet(1, "z");
        large.greet(2, "z");
        assertThat(large.closed()).as("the link that this side dialled stays").containsExactly("1 DUPLICATE");
        assertThat(large.outcome(7)).isEqualTo("Connected");

        Wire small = new Wire();
        small.up(1, "203.0.113.1", OptionalLong.empty());
        small.call(new Call.Connect(7, new Address("203.0.113.1", 4444)));
        small.up(2, "203.0.113.1", OptionalLong.of(1));
        small.greet(1, "22");
        small.greet(2, "22");
        assertThat(small.closed())
                .as("the link that the other side dialled stays")
                .containsExactly("2 DUPLICATE");
        assertThat(small.outcome(7)).isEqualTo("Connected");
        assertThat(small.all(Effect.PeerConnected.class)).hasSize(1);
        assertThat(small.all(Effect.PeerDisconnected.class)).isEmpty();
    }

    /** F11: in 0.7 a handshake that claims the id of a peer can kill the true link to it. */
    @Test
    void factF11WhoClaimsTheIdOfALivePeerClosesNothingButItsOwnLink() { // MSH-2, duplicate-within
        wire.call(new Call.Connect(7, new Address("203.0.113.1", 4444)));
        wire.up(1, "203.0.113.1", OptionalLong.of(1));
        wire.greet(1, "22"); // larger than ours: DUP-1 alone would give this link up
        wire.advance(10);
        for (int link = 100; link < 1100; link++) {
            wire.join(link, "22");
            wire.down(link);
        }

        assertThat(wire.closed()).hasSize(1000).doesNotContain("1 DUPLICATE");
        assertThat(wire.node.peers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.link().value()).isEqualTo(1));
    }

    @Test
    void withinDuplicateWithinTheRuleDecidesAndNotAfterIt() { // MSH-2, duplicate-within
        for (long seconds : new long[] {9, 10}) {
            Wire fresh = new Wire();
            fresh.call(new Call.Connect(7, new Address("203.0.113.1", 4444)));
            fresh.up(1, "203.0.113.1", OptionalLong.of(1));
            fresh.greet(1, "22");
            fresh.advance(seconds);
            fresh.join(2, "22");
            assertThat(fresh.closed()).containsExactly(seconds < 10 ? "1 DUPLICATE" : "2 DUPLICATE");
        }
    }

    private Message peers(String sender, List<Value> list) {
        return wire.message(2, sender, Value.of(7), Value.of(list));
    }

    private static List<Value> targets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> entry("203.0.113." + (100 + i), "x" + (char) ('a' + i % 8) + (1 + i / 8)))
                .toList();
    }

    private static Value entry(String address, String id) {
        return Value.array(Value.array(Value.of(address), Value.of(4444)), Value.of(id));
    }

    private static int size(Message peers) {
        return ((Value.Array) peers.payload().get(1)).items().size();
    }
}
