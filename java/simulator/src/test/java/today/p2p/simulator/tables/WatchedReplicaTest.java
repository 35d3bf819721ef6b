package today.p2p.simulator.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;
import today.p2p.simulator.SimulationFailure;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.SyncNews;
import today.p2p.sync.TableEntry;

/** The watcher of a table sees what breaks S-1 and S-4 to S-7: a real replica, and a story that is not its own. */
class WatchedReplicaTest {
    private static final ProtocolId NET = ProtocolId.of("mesh", Encryption.PLAINTEXT);
    private static final Self SELF = self("me");
    private static final Bytes KEY = Bytes.ofUtf8("key");
    private static final Time NOW = new Time(5, 1_500_000_000L);

    private final Replica replica = new Replica(SELF, true, NodeLimits.DEFAULT);
    private final Story story = new Story("n1", replica, NodeLimits.DEFAULT);
    private final TableEntry entry = written("key", Value.of("v"));
    private final Said said = new Said(KEY, entry.value(), SELF.id().bytes(), entry.time(), false, false);

    @Test
    void aJoinStoreThatChangesAKeyIsSeen() { // S-1
        TableEntry after = written("key", Value.of("other"));
        assertThat(after).isNotSameAs(entry);

        assertThat(broken(() -> story.joined(join(0), entry, NOW))).isEqualTo("S-1");
    }

    @Test
    void aDeletionThatAnOlderJoinStoreUndoesIsSeenAsLongAsItIsRemembered() { // S-1
        story.follow(new SyncNews.Updated(entry, null), said, NOW);
        story.follow(new SyncNews.Deleted(entry), deletion(), NOW);

        assertThat(broken(() -> story.joined(join(entry.time()), null, NOW))).isEqualTo("S-1");
        story.joined(join(entry.time() + 2), null, NOW);
        long later = NOW.nanos() + NodeLimits.DEFAULT.nanos(Timer.REMEMBER_DELETION);
        story.joined(join(entry.time()), null, new Time(later, NOW.wallSeconds()));
    }

    @Test
    void anEntryThatNobodyToldOfIsSeen() { // S-4
        SyncNews news = new SyncNews.Updated(entry, null);

        assertThat(broken(() -> fresh().follow(news, null, NOW))).isEqualTo("S-4");
        Said other = new Said(KEY, Value.of("w"), said.owner(), said.time(), false, false);
        assertThat(broken(() -> fresh().follow(news, other, NOW))).isEqualTo("S-4");
        Said older = new Said(KEY, said.value(), said.owner(), said.time() - 1, false, false);
        assertThat(broken(() -> fresh().follow(news, older, NOW))).isEqualTo("S-4");
        Said stranger = new Said(KEY, said.value(), Bytes.ofUtf8("x"), said.time(), false, false);
        assertThat(broken(() -> fresh().follow(news, stranger, NOW))).isEqualTo("S-4");
        Story followed = fresh();
        followed.follow(news, said, NOW);
        assertThat(broken(() -> followed.follow(new SyncNews.Deleted(entry), said, NOW)))
                .isEqualTo("S-4");
    }

    @Test
    void newsThatDoNotTellTheWholeStoryAreSeen() { // S-5
        assertThat(broken(() -> story.settled(null))).isEqualTo("S-5");
        story.follow(new SyncNews.Updated(entry, null), said, NOW);
        story.settled(KEY);
        assertThat(broken(() -> story.follow(new SyncNews.Updated(entry, null), said, NOW)))
                .isEqualTo("S-5");
        assertThat(broken(() -> fresh().follow(new SyncNews.Deleted(entry), deletion(), NOW)))
                .isEqualTo("S-5");
    }

    @Test
    void anEntryInThePlaceOfTheOneThatWasToldIsSeen() { // S-5
        story.follow(new SyncNews.Updated(entry, null), said, NOW);
        written("key", Value.of("in silence"));

        assertThat(broken(() -> story.settled(KEY))).isEqualTo("S-5");
        assertThat(broken(() -> story.settled(null))).isEqualTo("S-5");
    }

    @Test
    void moreKeysThanMayBeAreSeen() { // S-6
        Story strict = new Story("n1", replica, NodeLimits.DEFAULT.with(Limit.MAX_ENTRIES, 1));
        strict.follow(new SyncNews.Updated(entry, null), said, NOW);
        strict.settled(null);
        TableEntry second = written("second", Value.of(2));
        Said told = new Said(second.key(), second.value(), said.owner(), second.time(), false, false);
        strict.follow(new SyncNews.Updated(second, null), told, NOW);

        assertThat(broken(() -> strict.settled(null))).isEqualTo("S-6");
    }

    @Test
    void aDeletionThatGoesToWhatCouldBeJs2pIsSeen() { // S-7
        WatchedReplica watched = new WatchedReplica("n1", SELF, true, NodeLimits.DEFAULT);
        LinkId link = new LinkId(7);
        Address address = new Address("11.0.0.2", 1);
        NodeId peer = self("peer").id();
        watched.joined(link, new Handshake(peer, address, List.of(), List.of(), Lineage.JS2P), true, NOW);
        watched.called(new SyncCall.Put(1, KEY, Value.of(1), SyncCall.Expected.ANY), WatchedReplicaTest::draft, NOW);
        SyncCall delete = new SyncCall.Put(2, KEY, Value.nil(), SyncCall.Expected.ANY);
        assertThat(watched.mayRelay(deletionByPeer(peer), link)).isFalse();
        // As if the replica took it for another one.
        watched.replica().joined(link, new Handshake(peer, address, List.of(), List.of()), true, NOW);

        assertThat(broken(() -> watched.mayRelay(deletionByPeer(peer), link))).isEqualTo("S-7");
        assertThat(broken(() -> watched.called(delete, WatchedReplicaTest::draft, NOW)))
                .isEqualTo("S-7");
    }

    private Story fresh() {
        return new Story("n1", replica, NodeLimits.DEFAULT);
    }

    private TableEntry written(String key, Value value) {
        Bytes name = Bytes.ofUtf8(key);
        replica.called(new SyncCall.Put(1, name, value, SyncCall.Expected.ANY), WatchedReplicaTest::draft, NOW);
        return replica.entry(name).orElseThrow();
    }

    private Said deletion() {
        return new Said(KEY, Value.nil(), SELF.id().bytes(), entry.time() + 1, false, false);
    }

    private static Said join(long time) {
        return new Said(KEY, Value.of("joined"), Bytes.ofUtf8("x"), time, false, true);
    }

    private static Event.Received deletionByPeer(NodeId peer) {
        List<Value> payload = List.of(Value.of(Opcode.STORE.number()), Value.of(KEY), Value.nil());
        Message message = new Message(0, Value.of(peer.text()), NOW.wallSeconds(), payload);
        Bytes bytes = PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
        Frame frame = ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(bytes)).frame();
        return new Event.Received(new LinkId(8), frame, 0, Opcode.STORE.number(), 3, NOW.wallSeconds());
    }

    private static Optional<Draft> draft(List<Value> payload) {
        Message message = new Message(0, SELF.idValue(), NOW.wallSeconds(), payload);
        return Optional.of(new Draft(NOW.wallSeconds(), PackedMessage.of(message, Limits.DEFAULT)));
    }

    private static Self self(String name) {
        NodeId id = NodeId.of(name, NET, "salt");
        return new Self(id, NET, Dialect.UNIVERSAL, new Address("11.0.0.1", 1), List.of());
    }

    private static @Nullable String broken(Runnable act) {
        SimulationFailure.Broken broken = catchThrowableOfType(SimulationFailure.Broken.class, act::run);
        return broken == null ? null : broken.id();
    }
}
