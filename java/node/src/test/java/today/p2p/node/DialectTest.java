package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** As what a node sends ids: as the sender of each message, and inside payloads (DIA-1). */
class DialectTest {
    private static final Time NOW = new Time(7, Wire.WALL);
    private final List<Message> sent = new ArrayList<>();

    private void on(Node node, Event event) {
        for (Effect effect : node.on(event, NOW)) {
            if (effect instanceof Effect.Send send) {
                sent.add(Wire.decoded(send.message()));
            }
        }
    }

    private void join(Node node, long link, String id) {
        Address address = new Address("203.0.113." + link, 4444);
        on(node, new Event.LinkUp(new LinkId(link), address, OptionalLong.empty()));
        on(node, new Event.Greeted(new LinkId(link), new Handshake(Wire.id(id), address, List.of(), List.of())));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aNodeSendsEveryIdInItsDialect(Dialect dialect) { // DIA-1
        Self self = new Self(Wire.OWN, Wire.SELF.protocol(), dialect, Wire.SELF.address(), List.of());
        Node node = new Node(
                self,
                NodeLimits.DEFAULT,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        join(node, 1, "31");
        join(node, 2, "32");
        on(node, new Event.Called(new Call.Broadcast(1, 0x40, List.of(Value.of("to all")))));
        on(node, new Event.Called(new Call.Whisper(2, Wire.bytes("31"), 0x40, List.of(), true)));
        on(node, new Event.Called(new Call.Whisper(3, Wire.bytes("99"), 0x40, List.of(), true)));

        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message.sender()).isEqualTo(self.idValue()));
        assertThat(payloads(7))
                .anySatisfy(peers -> assertThat(peers.toString()).contains("203.0.113.1"))
                .allSatisfy(peers -> ((Value.Array) peers.get(1))
                        .items()
                        .forEach(item -> assertThat(((Value.Array) item).items().get(1))
                                .isIn(dialect.nodeId(Wire.bytes("31")), dialect.nodeId(Wire.bytes("32")))));
        assertThat(payloads(8))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.get(2)).isEqualTo(dialect.nodeId(Wire.bytes("99"))));
    }

    /** The payloads that were sent with this sub-flag. */
    private List<List<Value>> payloads(long subFlag) {
        return sent.stream()
                .map(Message::payload)
                .filter(payload -> payload.get(0).equals(Value.of(subFlag)))
                .toList();
    }
}
