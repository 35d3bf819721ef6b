package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** What spares js2p the loss of its links (chapter 13.1). */
class Js2pTest {
    private Wire wire = new Wire();

    @Test
    void whoWouldRefuseEachOtherIsNotNamedToEachOther() { // MSH-25
        join(1, "a", Lineage.PY2P);
        join(2, "b", Lineage.JS2P);
        join(3, "c", Lineage.PY2P);

        assertThat(named(2)).isZero();
        assertThat(named(3)).isOne();
    }

    @Test
    void theKitIsNamedToPy2pAndAllToTheKit() { // MSH-25
        join(1, "a", Lineage.KIT);
        join(2, "b", Lineage.JS2P);
        join(3, "c", Lineage.PY2P);
        join(4, "d", Lineage.KIT);

        assertThat(named(3)).isOne();
        assertThat(named(4)).isEqualTo(3);
    }

    @Test
    void whereTheDialectIsTextTheyMeet() { // MSH-25
        wire = new Wire(NodeLimits.DEFAULT, Dialect.TEXT);
        join(1, "a", Lineage.JS2P);
        join(2, "b", Lineage.PY2P);

        assertThat(named(2)).isOne();
    }

    @Test
    void js2pIsNamedNobody() { // MSH-32
        join(1, "a", Lineage.KIT);
        join(2, "b", Lineage.JS2P);
        join(3, "c", Lineage.JS2P);
        wire.receive(3, wire.message(2, "c", Value.of(8), Value.of("*")));

        assertThat(wire.sentOn(3))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(size(sent)).isZero());
    }

    @Test
    void js2pIsGreetedAgainWhenASecondLinkWasClosed() { // MSH-24, greet-again
        join(1, "a", Lineage.JS2P);
        join(2, "a", Lineage.JS2P);
        wire.down(2);
        assertThat(wire.node.deadline()).hasValue(wire.now().nanos() + 1_000_000_000L);
        wire.on(new Event.Tick());
        assertThat(wire.sentOn(1)).hasSize(1);

        wire.advance(1);
        wire.on(new Event.Tick());
        wire.on(new Event.Tick());

        Message last = wire.sentOn(1).get(1);
        assertThat(wire.sentOn(1)).hasSize(2);
        assertThat(last.payload()).isEqualTo(Wire.SELF.handshake());
        assertThat(wire.node.deadline()).isEmpty();
    }

    @Test
    void nobodyIsGreetedAgainWhoseOnlyLinkWentToo() { // MSH-24
        join(1, "a", Lineage.JS2P);
        join(2, "a", Lineage.JS2P);
        wire.down(1);

        assertThat(wire.node.deadline()).isEmpty();
    }

    @Test
    void othersAreNotGreetedAgain() { // MSH-24
        join(1, "a", Lineage.PY2P);
        join(2, "a", Lineage.PY2P);

        assertThat(wire.node.deadline()).isEmpty();
    }

    private void join(long link, String id, Lineage lineage) {
        wire.up(link, "203.0.113." + link, OptionalLong.empty());
        Address address = new Address("203.0.113." + link, 4444);
        wire.on(new Event.Greeted(
                new LinkId(link), new Handshake(Wire.id(id), address, List.of(), List.of(), lineage)));
    }

    /** How many peers the node at the end of this link was told of first. */
    private int named(long link) {
        return size(wire.sentOn(link).get(0));
    }

    private static int size(Message peers) {
        assertThat(peers.payload().get(0)).isEqualTo(Value.of(7));
        return ((Value.Array) peers.payload().get(1)).items().size();
    }
}
