package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.sync.Refusal;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncStats;
import today.p2p.sync.TableEntry;

/** What living nodes with Sync Tables told each other, byte for byte, into one node of ours with a link to each. */
class SyncTranscriptTest {
    private static final String BEFORE = "before = 0x6a6f696e";

    @Test
    void whatPy2pNodesWithLeasesTellEachOtherIsUnderstood() { // SYN-2, SYN-3, SYN-7, SYN-8, SYN-11
        Witness witness = new Witness("py-sync-leasing");
        witness.playAll();

        assertThat(witness.state()).containsExactly(BEFORE + " by server", "map = [\"one\": 1] by server");
        // The deletion of a key that nobody has, on which py2p closed its link.
        assertThat(witness.refused(Refusal.ABSENT)).isEqualTo(1);
        witness.assertBothOpen();
    }

    @Test
    void whatJs2pNodesWithLeasesTellEachOtherIsUnderstood() { // SYN-1: text and binary name one key
        Witness witness = new Witness("js-sync-leasing");
        witness.playAll();

        // Two deltas of one second: that of the smaller owner is taken (LSE-5).
        assertThat(witness.state())
                .containsExactly(
                        BEFORE + " by server",
                        "k1 = \"v2 by the owner\" by server",
                        "map = [\"one\": 1, \"two\": 2] by client");
        assertThat(witness.refused(Refusal.ABSENT)).isEqualTo(1);
        witness.assertBothOpen();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "py-sync-no-leasing|before = 0x6a6f696e by server;map = [\"one\": 1, \"two\": 2] by client",
                "js-sync-no-leasing|before = 0x6a6f696e by server;k1 = \"stolen\" by client;"
                        + "map = [\"one\": 1, \"two\": 2] by client"
            })
    void withoutLeasesTheLaterWriteStands(String scene, String state) { // LSE-3, LSE-5, LSE-6
        Witness witness = new Witness(scene);
        witness.playAll();

        assertThat(String.join(";", witness.state())).isEqualTo(state);
        witness.assertBothOpen();
    }

    @Test
    void py2pAndJs2pInOneNetworkAreUnderstood() { // SYN-3, CMP: both send snappy
        Witness witness = new Witness("cross-py871-js-sync");
        witness.playAll();

        assertThat(witness.state())
                .containsExactly(
                        "jskey = \"jsval\" by client",
                        "pre = \"set before join\" by server",
                        "pykey = 0x707976616c by server");
        assertThat(witness.refused(Refusal.PRESENT)).as("sent twice").isEqualTo(1);
        witness.assertBothOpen();
    }

    @Test
    void forgedJoinStoresAreIgnoredAndFalsyValuesStand() { // SYN-5, SYN-12
        Witness witness = new Witness("py-sync-forged-join-store");
        witness.playAll();

        assertThat(witness.state()).containsExactly("full = \"kept\" by server", "zero = 0 by server");
        assertThat(witness.refused(Refusal.AHEAD)).as("the year 2096").isEqualTo(2);
        assertThat(witness.refused(Refusal.PRESENT)).isEqualTo(1);
        witness.assertBothOpen();
    }

    @Test
    void aLeaseThatHasLapsedByOurClockIsTakenOver() { // LSE-4, and BRD-1 for what the slow clock dates
        Witness witness = new Witness("py-sync-lapsed-lease");
        witness.playAll();

        assertThat(witness.state()).containsExactly("old = \"by B\" by client");
        witness.assertBothOpen();
    }

    @Test
    void ofTwoWritesInOneSecondThatOfTheSmallerOwnerStands() { // LSE-5
        Witness witness = new Witness("py-sync-deltas-same-second");
        witness.playAll();

        assertThat(witness.state()).containsExactly("tie = \"by B\" by client");
        witness.assertBothOpen();
    }

    @Test
    void aNodeWithLeasesAndOneWithoutDoNotMeet() { // SUB-3
        Witness witness = new Witness("py-sync-leasing-mismatch");
        witness.playAll();

        assertThat(witness.end("server").link.state()).isEqualTo(LinkState.OPEN);
        assertThat(witness.end("client").link.state()).isNotEqualTo(LinkState.OPEN);
    }

    /** A node of ours with a Sync Table, linked to both of a recorded scene. */
    private static final class Witness {
        private final NodeLimits limits = NodeLimits.DEFAULT;
        private final List<String[]> chunks;
        private final Self self;
        private final Replica replica;
        private final Node node;
        private final QueueBudget budget = new QueueBudget(limits);
        private final Map<String, End> ends = new TreeMap<>();
        private final Map<LinkId, End> byLink = new TreeMap<>();
        private Time now;

        Witness(String scene) {
            chunks = chunks(scene);
            boolean leasing = !scene.contains("no-leasing");
            now = new Time(0, Long.parseLong(chunks.get(0)[0]));
            ProtocolId net = ProtocolId.of(leasing ? "sync1" : "sync0", Encryption.PLAINTEXT);
            self = new Self(
                    NodeId.of("witness", net, "salt"),
                    net,
                    Dialect.UNIVERSAL,
                    new Address("203.0.113.9", 1),
                    List.of(Codecs.find(0x20).orElseThrow()));
            replica = new Replica(self, leasing, limits);
            node = new Node(
                    self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1), replica);
        }

        void playAll() {
            for (String name : List.of("server", "client")) {
                End end = new End(new LinkId(ends.size() + 1L));
                ends.put(name, end);
                byLink.put(end.id, end);
                end.perform(
                        end.link.start(new Address("203.0.113." + end.id.value(), 50_000), OptionalLong.empty(), now));
            }
            for (String[] chunk : chunks) {
                long wall = Long.parseLong(chunk[0]);
                now = new Time((wall - Long.parseLong(chunks.get(0)[0])) * Time.SECOND, wall);
                End end = end(chunk[1]);
                end.perform(
                        end.link.received(ByteBuffer.wrap(Bytes.ofHex(chunk[2]).toArray()), now));
            }
        }

        End end(String name) {
            return Objects.requireNonNull(ends.get(name));
        }

        void assertBothOpen() {
            assertThat(ends.values())
                    .allSatisfy(end -> assertThat(end.link.state()).isEqualTo(LinkState.OPEN));
        }

        long refused(Refusal why) {
            SyncStats stats = replica.stats();
            return Objects.requireNonNull(stats.refused().get(why));
        }

        /** Each entry, with whose it is. */
        List<String> state() {
            List<String> state = new ArrayList<>();
            for (TableEntry entry : replica.entries().values()) {
                Value.ByteString owner = entry.owner();
                String by = ends.entrySet().stream()
                        .filter(end -> end.getValue()
                                .link
                                .peer()
                                .orElseThrow()
                                .id()
                                .bytes()
                                .equals(owner.bytes()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(owner.toString());
                state.add(entry.key().utf8() + " = " + entry.value() + " by " + by);
            }
            return state;
        }

        private void perform(Effect effect) {
            if (effect instanceof Effect.Send send) {
                End end = Objects.requireNonNull(byLink.get(send.link()));
                end.perform(end.link.send(send.message(), send.isRepeatable(), now));
            } else if (effect instanceof Effect.Close close) {
                End end = Objects.requireNonNull(byLink.get(close.link()));
                end.perform(end.link.close(close.reason()));
            }
        }

        private final class End {
            private final LinkId id;
            private final Link link;

            End(LinkId id) {
                this.id = id;
                link = new Link(id, self, limits, budget, Intake.unbounded(), now);
            }

            void perform(List<LinkOutput> outputs) {
                for (LinkOutput output : outputs) {
                    if (output instanceof LinkOutput.Write write) {
                        perform(link.written(write.frame().length(), now));
                    } else if (output instanceof LinkOutput.Tell tell) {
                        node.on(tell.event(), now).forEach(Witness.this::perform);
                    }
                }
            }
        }

        private static List<String[]> chunks(String scene) {
            try (InputStream in = SyncTranscriptTest.class.getResourceAsStream(scene + ".chunks")) {
                assertThat(in).as(scene).isNotNull();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" "))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
