package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** Peers that read slowly lose no link (CRD-32). */
class OutboxTest {
    private static final Time NOW = new Time(0, Circle.WALL);
    private static final Address ADDRESS = new Address("203.0.113.9", 1);
    private static final LinkId LINK = new LinkId(1);
    private static final Value LARGE = Value.of(Bytes.of(new byte[100_000]));

    private final List<TableEffect> said = new ArrayList<>();

    @Test
    void fiveLargeValuesGoOneByOneAndTheCallEndsWithTheLast() {
        // CRD-32
        Share share = share(NodeLimits.DEFAULT);
        share.called(new ChordCall.Put(7, Bytes.ofUtf8("key"), LARGE, false), payload -> Optional.empty(), NOW)
                .forEach(said::add);
        for (int round = 1; round <= 5; round++) {
            assertThat(sent(11)).as("round %s", round).isEqualTo(round);
            assertThat(asks()).isEqualTo(round);
            assertThat(outcomes()).hasSize(round == 5 ? 1 : 0);
            said.addAll(share.hasRoom(LINK, NOW));
        }
        assertThat(outcomes()).containsExactly(new ChordOutcome.Stored());
        assertThat(sent(11)).isEqualTo(5);
    }

    @Test
    void smallMessagesGoUpToAChunkAndKeepTheirOrder() {
        // CRD-32, join-chunk
        Share share = share(NodeLimits.DEFAULT.with(Limit.JOIN_CHUNK, 1000));
        for (int call = 0; call < 4; call++) {
            said.addAll(share.called(
                    new ChordCall.Get(call, Bytes.ofUtf8("key " + call)), payload -> Optional.empty(), NOW));
        }
        List<Value> first = questions();
        assertThat(first).hasSizeBetween(2, 5);
        for (int room = 0; room < 10; room++) {
            said.addAll(share.hasRoom(LINK, NOW));
        }

        List<Value> expected = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            Position.of(Bytes.ofUtf8("key " + call)).forEach(position -> expected.add(position.key()));
        }
        assertThat(questions()).isEqualTo(expected);
    }

    @Test
    void answersAboveTheBoundAreNotSentAndOwnWritesAre() {
        // CRD-32, max-queue
        Share share = share(NodeLimits.DEFAULT.with(Limit.MAX_QUEUE, 410_000));
        said.addAll(share.called(new ChordCall.Join(1), payload -> Optional.empty(), NOW));
        for (int key = 0; key < 10; key++) {
            share.called(
                    new ChordCall.Put(key, Bytes.ofUtf8("key " + key), LARGE, false), payload -> Optional.empty(), NOW);
        }
        drain(share);
        said.clear();
        for (int key = 0; key < 10; key++) {
            for (Position position : Position.of(Bytes.ofUtf8("key " + key))) {
                said.addAll(share.received(message(12, position.hashName(), position.key()), NOW));
            }
        }
        drain(share);
        long answers = whispers().stream()
                .filter(payload -> payload.get(0).equals(Value.of(13)) && payload.contains(LARGE))
                .count();
        assertThat(answers)
                .as("one at once, and two of 100,000 bytes that wait")
                .isEqualTo(3);

        said.clear();
        said.addAll(share.received(message(5, Value.of("0")), NOW));
        for (int key = 0; key < 4; key++) {
            said.addAll(share.called(
                    new ChordCall.Put(20 + key, Bytes.ofUtf8("other " + key), LARGE, false),
                    payload -> Optional.empty(),
                    NOW));
        }
        said.addAll(share.called(new ChordCall.Leave(30), payload -> Optional.empty(), NOW));
        drain(share);
        assertThat(outcomes().stream().filter(new ChordOutcome.Stored()::equals))
                .hasSize(4);
        assertThat(sent(5)).as("meta").isEqualTo(1);
    }

    @Test
    void aCallWhoseLinkIsLostEndsAndOneOfAClosedNodeFails() {
        // CRD-32
        Share share = share(NodeLimits.DEFAULT);
        said.addAll(share.called(
                new ChordCall.Put(1, Bytes.ofUtf8("key"), LARGE, false), payload -> Optional.empty(), NOW));
        said.addAll(share.left(LINK, NOW));
        assertThat(outcomes()).containsExactly(new ChordOutcome.Stored());
        assertThat(share.hasRoom(LINK, NOW)).isEmpty();

        Share other = share(NodeLimits.DEFAULT);
        other.called(new ChordCall.Put(1, Bytes.ofUtf8("key"), LARGE, false), payload -> Optional.empty(), NOW);
        said.clear();
        said.addAll(other.close());
        assertThat(outcomes())
                .containsExactly(new ChordOutcome.Refused(ChordOutcome.Refusal.CLOSED, "the node was closed"));
    }

    private void drain(Share share) {
        for (int room = 0; room < 100; room++) {
            said.addAll(share.hasRoom(LINK, NOW));
        }
    }

    /** With one peer that has joined and is told that there was room after its greeting. */
    private Share share(NodeLimits limits) {
        ProtocolId net = ProtocolId.of("chord", Encryption.PLAINTEXT);
        Self self = new Self(Circle.id(0), net, Dialect.UNIVERSAL, ADDRESS, List.of());
        Share share = new Share(
                self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        share.joined(LINK, new Handshake(Circle.id(1), ADDRESS, List.of(), List.of()), true, NOW);
        share.received(message(5, Value.of("0")), NOW);
        share.hasRoom(LINK, NOW);
        said.clear();
        return share;
    }

    private static Event.Received message(int subFlag, Value... items) {
        List<Value> payload = new ArrayList<>(List.of(items));
        payload.add(0, Value.of(subFlag));
        Message message = new Message(2, Value.text(Circle.id(1).bytes()), Circle.WALL, payload);
        return new Event.Received(LINK, Circle.frame(message), 2, subFlag, payload.size(), Circle.WALL);
    }

    private long sent(int subFlag) {
        return whispers().stream()
                .filter(payload -> payload.get(0).equals(Value.of(subFlag)))
                .count();
    }

    private List<Value> questions() {
        return whispers().stream()
                .filter(payload -> payload.get(0).equals(Value.of(12)))
                .map(payload -> payload.get(2))
                .toList();
    }

    private List<List<Value>> whispers() {
        return said.stream()
                .filter(TableEffect.Whisper.class::isInstance)
                .map(effect -> ((TableEffect.Whisper) effect).payload())
                .toList();
    }

    private List<Effect> performed() {
        return said.stream()
                .filter(TableEffect.Perform.class::isInstance)
                .map(effect -> ((TableEffect.Perform) effect).effect())
                .toList();
    }

    private long asks() {
        return performed().stream().filter(Effect.AskRoom.class::isInstance).count();
    }

    private List<Outcome> outcomes() {
        return performed().stream()
                .filter(Effect.Complete.class::isInstance)
                .map(effect -> ((Effect.Complete) effect).outcome())
                .toList();
    }
}
