package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.chord.Ring;
import today.p2p.chord.Table;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Peers that lie, babble and claim, on real sockets: outvoted, refused or bounded. */
class ChordHostileTest {
    private static final int STORE = 11;
    private static final int RETRIEVE = 12;
    private static final int RETRIEVED = 13;
    private static final int DELTA = 17;
    private static final IntFunction<Value> LIE = question -> Value.of("a lie");

    private final Rings rings = new Rings();
    private final List<RawHolder> hostiles = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawHolder hostile : hostiles) {
            hostile.close();
        }
        rings.close();
    }

    @Test
    void falseAnswersFromTwoOfFiveHoldersAreOutvoted() throws IOException { // CRD-22, 15.7
        List<ChordTable<String>> ring = rings.ring(5);
        ChordTable<String> reader = ring.get(0);
        Set<NodeId> liars = Set.of(join(reader, "one liar"), join(reader, "another liar"));
        await().atMost(Rings.SOON).until(() -> reader.ring().seats().size() == 7);
        // The ids are drawn anew each time, and so the arcs: few keys may have just two liars.
        List<String> keys = Stream.iterate(0, i -> i + 1)
                .limit(100_000)
                .map(i -> "key " + i)
                .filter(key -> liarsFor(key, reader, liars) == 2)
                .limit(20)
                .toList();
        assertThat(keys).as("keys of which two of five holders lie").isNotEmpty();
        for (String key : keys) {
            reader.put(key, "value of " + key).join();
            assertThat(reader.get(key).join()).contains("value of " + key);
        }
    }

    private static long liarsFor(String key, ChordTable<String> reader, Set<NodeId> liars) {
        return reader.ownersOf(key).join().stream().filter(liars::contains).count();
    }

    @Test
    void whoClaimsAnIdNextToOursOwnsThatArcAndIsOutvoted() throws IOException { // CHO-5, CRD-22, 15.7
        List<ChordTable<String>> ring = rings.ring(6);
        Map<String, Object> entries = Rings.entries(60);
        ring.get(0).confirming().putAll(entries).join();
        // The ids are drawn anew each time: of a small arc it might own nothing, of a large one too much.
        NodeId claimed = behind(ring.get(0).ring().seats().stream()
                .min(Comparator.comparing(seat -> Math.abs(seat.arc() - 0.25)))
                .orElseThrow());
        for (ChordTable<String> table : ring) {
            hostiles.add(new RawHolder(table, claimed, LIE));
        }
        await().atMost(Rings.SOON)
                .until(() ->
                        ring.stream().allMatch(table -> table.ring().seats().size() == 7));
        int outvoted = 0;
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            ChordTable<String> reader = ring.get(outvoted % 6);
            long lies = reader.ownersOf(entry.getKey()).join().stream()
                    .filter(claimed::equals)
                    .count();
            if (lies <= 2) {
                outvoted += lies > 0 ? 1 : 0;
                assertThat(reader.get(entry.getKey()).join()).contains(entry.getValue());
            }
        }
        assertThat(outvoted).isPositive();
    }

    @Test
    void whoClaimsToOwnEverythingAndSaysNothingTakesNothingAway() throws IOException { // CRD-27, CRD-28
        ChordTable<String> table = rings.ring(1).get(0);
        Map<String, Object> entries = Rings.entries(20);
        table.putAll(entries).join();
        NodeId claimed = behind(table.ring().seats().get(0));
        hostiles.add(new RawHolder(table, claimed, question -> null));
        await().atMost(Rings.SOON).until(() -> table.ring().seats().size() == 2);

        assertThat(table.ownersOf("key 1").join()).contains(claimed);
        assertThat(table.getAll(entries.keySet()).join()).isEqualTo(entries);
        assertThat(table.stats().entries()).isEqualTo(100);
    }

    @Test
    void unknownHashNamesAndFormsAreIgnoredAndTheLinkStays() throws IOException { // CRD-7
        ChordTable<String> table = rings.ring(1).get(0);
        table.put("key", 5).join();
        RawHolder peer = new RawHolder(table, "babbler", question -> null);
        hostiles.add(peer);
        Value key = Value.of(Base58.write(Table.SHA1.position(Bytes.ofUtf8("key"))));
        for (String name : List.of("md5", "sha3", "SHA1", "", "sha1 ", "\u0000")) {
            peer.whisper(STORE, RawHolder.binary(name), key, Value.of("a lie"));
            peer.whisper(STORE, RawHolder.binary(name), key, Value.nil());
            peer.whisper(RETRIEVE, RawHolder.binary(name), key);
            peer.whisper(RETRIEVED, RawHolder.binary(name), key, Value.of("a lie"));
            peer.whisper(DELTA, RawHolder.binary(name), key, Value.map());
        }
        peer.whisper(RETRIEVE, Value.nil(), Value.nil());
        peer.whisper(RETRIEVE, Value.of("sha1"), Value.of("0OIl"));
        peer.whisper(RETRIEVE, Value.of("sha1"), Value.of("z".repeat(1000)));
        peer.whisper(RETRIEVE, Value.of("sha1"), key);
        await().atMost(Rings.SOON).until(() -> answers(peer) == 1);

        assertThat(table.network().peers()).hasSize(1);
        assertThat(table.get("key").join()).contains(5L);
        assertThat(table.stats().entries()).isEqualTo(5);
    }

    @Test
    void endlessQuestionsAreBoundedAndOthersAreAnswered() throws IOException { // CRD-18, max-link-questions
        ChordTable<String> table = rings.ring(4, builder -> builder.limit(Limit.MAX_QUESTIONS, 300))
                .get(0);
        Map<String, Object> entries = Rings.entries(30);
        table.confirming().putAll(entries).join();
        ChordTable<String> once = table.retrying(0, Duration.ofMillis(1), Duration.ofMillis(1));
        // Of the smaller arcs, so that others own most positions of some key.
        List<Ring.Seat> seats = table.ring().seats().stream()
                .sorted(Comparator.comparing(Ring.Seat::arc))
                .toList();
        RawHolder silent = new RawHolder(table, behind(seats.get(1)), question -> null);
        RawHolder asker = new RawHolder(table, behind(seats.get(0)), question -> null);
        hostiles.add(silent);
        hostiles.add(asker);
        await().atMost(Rings.SOON).until(() -> table.ring().seats().size() == 6);
        for (int question = 0; question < 3000; question++) {
            Bytes key = Bytes.ofUtf8("no key " + question);
            asker.whisper(RETRIEVE, Value.of("sha1"), Value.of(Base58.write(Table.SHA1.position(key))));
        }
        Set<NodeId> hostile = Set.of(silent.id, asker.id);
        int reads = 0;
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            List<NodeId> owners = table.ownersOf(entry.getKey()).join();
            if (owners.stream().filter(hostile::contains).count() <= 2) {
                assertThat(table.stats().questions()).isLessThanOrEqualTo(300);
                assertThat(once.get(entry.getKey()).join()).contains(entry.getValue());
                reads++;
            }
        }
        assertThat(reads).isPositive();
        assertThat(table.network().peers()).hasSize(5);
    }

    @Test
    void endlessStoresAndKeysAreBounded() throws IOException { // CRD-10, CRD-12, max-entries, max-keys
        ChordTable<String> table =
                rings.add(builder -> builder.limit(Limit.MAX_ENTRIES, 100).limit(Limit.MAX_KEYS, 50));
        table.join().join();
        table.put("key", 5).join();
        RawHolder flood = new RawHolder(table, "flood", question -> null);
        hostiles.add(flood);
        for (int index = 0; index < 1000; index++) {
            Bytes key = Bytes.ofUtf8("flood " + index);
            Value position = Value.of(Base58.write(Table.SHA1.position(key)));
            flood.whisper(STORE, Value.of("sha1"), position, Value.of(index));
            flood.whisper(6, Value.of(key));
        }
        Value own = Value.of(Base58.write(Table.SHA1.position(Bytes.ofUtf8("key"))));
        flood.whisper(RETRIEVE, Value.of("sha1"), own);
        await().atMost(Rings.SOON).until(() -> answers(flood) == 1);

        assertThat(table.stats().entries()).isLessThanOrEqualTo(100);
        assertThat(table.stats().keys()).isEqualTo(50);
        assertThat(table.get("key").join()).contains(5L);
        assertThat(table.network().peers()).hasSize(1);
    }

    private NodeId join(ChordTable<String> table, String name) throws IOException {
        RawHolder liar = new RawHolder(table, name, LIE);
        hostiles.add(liar);
        return liar.id;
    }

    /** Whoever has this id owns the whole arc of that node. */
    private static NodeId behind(Ring.Seat seat) {
        BigInteger number = seat.id().number().add(BigInteger.ONE);
        return NodeId.read(Bytes.ofUtf8(Base58.write(number))).value().orElseThrow();
    }

    private static long answers(RawHolder peer) {
        return peer.heard.stream()
                .filter(payload -> payload.get(0).equals(Value.of(RETRIEVED)))
                .count();
    }
}
