package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;

/** A table that needs links to certain nodes, in a node (CRD-20). */
class TableWantsTest {
    @Test
    void whomTheTableNeedsIsDialledThoughTheMeshHasEnoughLinks() { // CRD-20, MSH-5
        Needy table = new Needy(Set.of(Wire.id("b5"), Wire.id("b6")));
        Wire wire = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 2), table);
        wire.join(1, "a");
        learn(wire, targets(8));

        // In which order a list is gone through is drawn: the mesh dials the first two, whoever they are.
        assertThat(wire.dialled())
                .contains("203.0.113.105", "203.0.113.106")
                .hasSizeBetween(2, 4)
                .doesNotHaveDuplicates();
        assertThat(table.asked).as("of the first two the table is not asked").hasSize(6);
    }

    @Test
    void withoutANeedTheMeshDecides() { // MSH-5
        Wire wire = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 0), new Needy(Set.of()));
        wire.join(1, "a");
        learn(wire, targets(8));

        assertThat(wire.dialled()).isEmpty();
    }

    @Test
    void thePolicyOfDialsHoldsForItAsWell() { // CRD-20, MSH-7, max-dials-per-source
        Set<NodeId> all = Set.copyOf(IntStream.range(1, 16)
                .mapToObj(index -> Wire.id("b" + (1 + index % 9) + (char) ('a' + index % 8)))
                .toList());
        Wire wire = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 0), new Needy(all));
        wire.join(1, "a");
        List<Value> named = new ArrayList<>();
        int port = 101;
        for (NodeId id : all) {
            named.add(entry("203.0.113." + port++, id.text()));
        }
        named.add(0, entry("10.0.0.1", all.iterator().next().text()));
        named.add(0, entry("evil.example", all.iterator().next().text()));
        learn(wire, named);

        assertThat(wire.dialled()).hasSize(8).allMatch(address -> address.startsWith("203.0.113."));
    }

    @Test
    void aDialThatLeadsToTheNamedNodeMakesRoomForTheNext() { // MSH-28
        List<NodeId> all = IntStream.rangeClosed(1, 20)
                .mapToObj(index -> Wire.id("b" + (1 + index % 9) + (char) ('a' + index % 8)))
                .distinct()
                .toList();
        List<Value> named = new ArrayList<>();
        all.forEach(id -> named.add(entry("203.0.113." + (101 + named.size()), id.text())));
        Wire wire = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 0), new Needy(Set.copyOf(all)));
        wire.join(1, "a");
        learn(wire, named);
        assertThat(wire.dialled()).hasSize(8);

        reach(wire, 0, all);
        reach(wire, 1, all);
        greet(wire, 2, "zz");
        wire.on(new Event.DialFailed(4, CloseReason.because(CloseReason.Cause.UNREACHABLE, "refused")));
        learn(wire, named);
        assertThat(wire.dialled())
                .as("of four ended dials two have found their node")
                .hasSize(10);
    }

    /** The node that was named is at the address of a dial. */
    private static void reach(Wire wire, int dial, List<NodeId> all) {
        String host = wire.dialled().get(dial);
        greet(
                wire,
                dial,
                all.get(Integer.parseInt(host.substring("203.0.113.".length())) - 101)
                        .text());
    }

    private static void greet(Wire wire, int dial, String id) {
        String host = wire.dialled().get(dial);
        wire.up(100 + dial, host, OptionalLong.of(dial + 1));
        wire.greet(100 + dial, id, host);
    }

    @Test
    void neitherItselfNorAPeerIsDialledForATable() { // CRD-20, MSH-5
        Wire wire = new Wire(
                NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 0),
                new Needy(Set.of(Wire.OWN, Wire.id("a"), Wire.id("b"))));
        wire.join(1, "a");
        wire.join(2, "b");
        learn(wire, List.of(entry("203.0.113.50", "b"), entry("203.0.113.51", Wire.OWN.text())));

        assertThat(wire.dialled()).isEmpty();
    }

    private static void learn(Wire wire, List<Value> list) {
        wire.receive(1, wire.message(2, "a", Value.of(7), Value.of(list)));
    }

    private static List<Value> targets(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(index -> entry("203.0.113." + (100 + index), "b" + index))
                .toList();
    }

    private static Value entry(String address, String id) {
        return Value.array(Value.array(Value.of(address), Value.of(4444)), Value.of(id));
    }

    /** Wants certain nodes, and does nothing else. */
    private static final class Needy implements Table {
        private final Set<NodeId> wanted;
        private final List<PeerInfo> asked = new ArrayList<>();

        Needy(Set<NodeId> wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(PeerInfo named) {
            asked.add(named);
            return wanted.contains(named.id());
        }

        @Override
        public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
            return List.of();
        }

        @Override
        public List<TableEffect> left(LinkId link, Time now) {
            return List.of();
        }

        @Override
        public List<TableEffect> received(Event.Received message, Time now) {
            return List.of();
        }

        @Override
        public boolean mayRelay(Event.Received message, LinkId to) {
            return true;
        }

        @Override
        public List<TableEffect> hasRoom(LinkId link, Time now) {
            return List.of();
        }

        @Override
        public boolean isSendingTo(LinkId link) {
            return false;
        }

        @Override
        public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
            return List.of();
        }

        @Override
        public List<TableEffect> tick(Time now) {
            return List.of();
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.empty();
        }

        @Override
        public List<TableEffect> close() {
            return List.of();
        }
    }
}
