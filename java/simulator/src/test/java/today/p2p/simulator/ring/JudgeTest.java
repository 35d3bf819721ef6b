package today.p2p.simulator.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import today.p2p.chord.ChordCall;
import today.p2p.chord.ChordOutcome;
import today.p2p.chord.Share;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.simulator.SimulationFailure;

/** The judge of a share sees what breaks C-1 to C-6: a real share, and deeds that are not its own. */
class JudgeTest {
    private static final ProtocolId NET = ProtocolId.of("chord", Encryption.PLAINTEXT);
    private static final Time NOW = new Time(5, 1_500_000_000L);
    private static final Bytes KEY = Bytes.ofUtf8("key");
    private static final LinkId LINK = new LinkId(1);
    private static final LinkId OLD = new LinkId(2);

    private final Self self = self("me");
    private final Share share = new Share(self, NodeLimits.DEFAULT, RandomGenerator.of("L64X128MixRandom"));
    private final Judge judge = new Judge("n1", self, share, NodeLimits.DEFAULT);

    @Test
    void aReadThatNoThreePositionsHaveSaidIsSeen() { // C-1
        judge.called(new ChordCall.Get(7, KEY));
        TableEffect end = new TableEffect.Perform(new Effect.Complete(7, new ChordOutcome.Found(Value.of(5))));

        assertThat(broken(List.of(end), WatchedShare.Cause.NONE)).isEqualTo("C-1");
    }

    @Test
    void whatIsForgottenWithoutAReasonIsSeen() { // C-2
        share.called(new ChordCall.Join(1), payload -> Optional.empty(), NOW);
        share.called(new ChordCall.Put(2, KEY, Value.of(5), false), payload -> Optional.empty(), NOW);
        judge.look(List.of(), WatchedShare.Cause.NONE);
        ChordCall delete = new ChordCall.Put(3, KEY, Value.nil(), false);
        share.called(delete, payload -> Optional.empty(), NOW);
        assertThat(share.held()).isEmpty();

        assertThat(broken(List.of(), WatchedShare.Cause.NONE)).isEqualTo("C-2");
        judge.look(List.of(), new WatchedShare.Cause(null, null, delete));
    }

    @Test
    void aQuestionThatGoesBackIsSeen() { // C-3
        Word question = word(Opcode.RETRIEVE, null);
        WatchedShare.Cause cause = new WatchedShare.Cause(LINK, question, null);

        assertThat(broken(List.of(whisper(LINK, Opcode.RETRIEVE, null)), cause)).isEqualTo("C-3");
        judge.look(List.of(whisper(OLD, Opcode.RETRIEVE, null)), cause);
    }

    @Test
    void aChangeThatGoesToAnotherThanTheOwnerIsSeen() { // C-4
        peers();
        WatchedShare.Cause cause = new WatchedShare.Cause(OLD, word(Opcode.STORE, Value.of(5)), null);

        assertThat(broken(List.of(whisper(OLD, Opcode.STORE, Value.of(5))), cause))
                .isEqualTo("C-4");
        assertThat(broken(List.of(whisper(LINK, Opcode.STORE, Value.of(5))), cause))
                .isEqualTo("C-4");
    }

    @Test
    void whatComesToANodeThatHasLeftGoesBackToTheOwnerOnly() { // C-3, CRD-14
        judge.company().add(LINK, handshake("other", Lineage.KIT));
        judge.company().set(LINK, true);
        boolean isOwner = judge.company()
                .owner(word(Opcode.STORE, Value.of(5)).spot(), true)
                .isEmpty();
        WatchedShare.Cause cause = new WatchedShare.Cause(LINK, word(Opcode.STORE, Value.of(5)), null);

        assertThat(broken(List.of(whisper(LINK, Opcode.STORE, Value.of(5))), cause))
                .isEqualTo(isOwner ? null : "C-3");
        share.called(new ChordCall.Join(1), payload -> Optional.empty(), NOW);
        assertThat(broken(List.of(whisper(LINK, Opcode.STORE, Value.of(5))), cause))
                .isIn("C-3", "C-4");
    }

    @Test
    void aLinkThatIsClosedAndADeletionThatClosesOneAreSeen() { // C-5
        judge.company().add(OLD, handshake("old", Lineage.PY2P));
        Effect close = new Effect.Close(LINK, CloseReason.because(CloseReason.Cause.LOCAL, "for fun"));

        assertThat(broken(List.of(new TableEffect.Perform(close)), WatchedShare.Cause.NONE))
                .isEqualTo("C-5");
        assertThat(broken(List.of(whisper(OLD, Opcode.STORE, Value.nil())), WatchedShare.Cause.NONE))
                .isEqualTo("C-5");
    }

    @Test
    void anAnswerThatNobodyAskedForIsSeen() { // C-6
        assertThat(broken(List.of(whisper(LINK, Opcode.RETRIEVED, Value.of(5))), WatchedShare.Cause.NONE))
                .isEqualTo("C-6");
    }

    /** One that owns nothing of the key, as it has not joined, and one that does. */
    private void peers() {
        judge.company().add(LINK, handshake("other", Lineage.KIT));
        judge.company().add(OLD, handshake("old", Lineage.KIT));
    }

    private @Nullable String broken(List<TableEffect> effects, WatchedShare.Cause cause) {
        SimulationFailure.Broken broken =
                catchThrowableOfType(SimulationFailure.Broken.class, () -> judge.look(effects, cause));
        return broken == null ? null : broken.id();
    }

    private static TableEffect whisper(LinkId link, Opcode opcode, @Nullable Value value) {
        return new TableEffect.Whisper(link, payload(opcode, value), true);
    }

    private static Word word(Opcode opcode, @Nullable Value value) {
        return Word.of(payload(opcode, value)).orElseThrow();
    }

    private static List<Value> payload(Opcode opcode, @Nullable Value value) {
        Value name = Value.of(Bytes.ofUtf8("sha1"));
        Value place = Value.of("2j");
        Value flag = Value.of(opcode.number());
        return value == null ? List.of(flag, name, place) : List.of(flag, name, place, value);
    }

    private static Handshake handshake(String name, Lineage lineage) {
        return new Handshake(self(name).id(), new Address("11.0.0.2", 1), List.of(), List.of(), lineage);
    }

    private static Self self(String name) {
        NodeId id = NodeId.of(name, NET, "salt");
        return new Self(id, NET, Dialect.UNIVERSAL, new Address("11.0.0.1", 1), List.of());
    }
}
