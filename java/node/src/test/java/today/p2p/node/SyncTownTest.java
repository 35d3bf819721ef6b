package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.SyncNews;

/** A node with a Sync Table: what table and mesh do together. */
class SyncTownTest {
    private final Town town = new Town();
    private long calls = 100;

    @Test
    void aWriteIsReadOnEveryNode() { // SYN-2
        List<Replica> replicas = line(4);
        put(0, "key", Value.of("v"));
        town.run();

        assertThat(replicas)
                .allSatisfy(replica -> assertThat(replica.entry(Bytes.ofUtf8("key")))
                        .hasValueSatisfying(entry -> assertThat(entry.value()).isEqualTo(Value.of("v"))));
        assertThat(town.outcomes(0, calls)).containsExactly("Written");
        assertThat(news(3)).contains("Updated");
        assertThat(town.delivered(3))
                .as("nothing of it is a message of the application")
                .isEmpty();
    }

    @Test
    void aNewcomerGetsEverythingAndIsReady() { // SYN-13, SYN-15, SYN-16, SYN-17
        List<Replica> replicas = line(1);
        for (int index = 0; index < 5000; index++) {
            put(0, "key " + index, Value.of(index));
        }
        replicas.addAll(line(1));
        assertThat(replicas.get(1).size()).isEqualTo(5000);
        assertThat(replicas.get(1).isReady()).isTrue();
        assertThat(news(1).get(news(1).size() - 1)).isEqualTo("Ready");
    }

    @Test
    void aDeletionReachesAllAndANodeWithoutATableRefusesTheCall() { // SYN-8
        List<Replica> replicas = line(3);
        put(0, "key", Value.of("v"));
        town.run();
        put(0, "key", Value.nil());
        town.run();
        assertThat(replicas).allSatisfy(replica -> assertThat(replica.size()).isZero());

        town.add();
        put(3, "key", Value.of(1));
        assertThat(town.outcomes(3, calls)).containsExactly("NOOP");
    }

    @Test
    void theQuestionForPeersIsAnsweredAfterTheLastEntry() { // SYN-16
        Replica replica = new Replica(Wire.SELF, true, NodeLimits.DEFAULT);
        Node node = new Node(
                Wire.SELF,
                NodeLimits.DEFAULT,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                replica);
        Time now = new Time(0, Wire.WALL);
        for (int index = 0; index < 2000; index++) {
            SyncCall put = new SyncCall.Put(index, Bytes.ofUtf8("k" + index), Value.of(1), SyncCall.Expected.ANY);
            node.on(new Event.Called(put), now);
        }
        LinkId link = new LinkId(1);
        today.p2p.kernel.Address remote = new today.p2p.kernel.Address("203.0.113.1", 4);
        node.on(new Event.LinkUp(link, remote, java.util.OptionalLong.empty()), now);
        List<Integer> flags =
                flags(node.on(new Event.Greeted(link, new Handshake(Wire.id("z"), remote, List.of(), List.of())), now));
        assertThat(flags.subList(0, 3)).as("peers, our question, entries").containsExactly(7, 8, 11);
        Message question = new Message(2, Value.of("z"), Wire.WALL, List.of(Value.of(8), Value.of("*")));
        assertThat(node.on(new Event.Received(link, Wire.frame(question), 2, 8, 2, Wire.WALL), now))
                .isEmpty();
        flags.clear();
        while (replica.isSendingTo(link)) {
            assertThat(flags).doesNotContain(7);
            flags.addAll(flags(node.on(new Event.Room(link), now)));
        }

        assertThat(flags.get(flags.size() - 1)).isEqualTo(7);
        assertThat(flags.stream().filter(flag -> flag == 7)).hasSize(1);
    }

    private static List<Integer> flags(List<Effect> effects) {
        List<Integer> flags = new ArrayList<>();
        effects.stream().filter(Effect.Send.class::isInstance).forEach(send -> {
            PackedMessage message = ((Effect.Send) send).message();
            Value first = Wire.decoded(message).payload().get(0);
            flags.add((int) ((Value.Int) first).longValue());
        });
        return flags;
    }

    private List<Replica> line(int count) {
        List<Replica> replicas = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int before = town.size() - 1;
            replicas.add(town.addReplica());
            if (before >= 0) {
                town.call(before + 1, new Call.Connect(1000 + before, Town.address(before)));
                town.run();
            }
        }
        return replicas;
    }

    private void put(int node, String key, Value value) {
        town.call(node, new SyncCall.Put(++calls, Bytes.ofUtf8(key), value, SyncCall.Expected.ANY));
    }

    private List<String> news(int node) {
        return town.effects(node).stream()
                .filter(Effect.TellTable.class::isInstance)
                .map(effect -> ((SyncNews) ((Effect.TellTable) effect).news())
                        .getClass()
                        .getSimpleName())
                .toList();
    }
}
