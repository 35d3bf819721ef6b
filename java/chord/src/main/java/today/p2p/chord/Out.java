package today.p2p.chord;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** What one input leads to, and the time of that input. */
final class Out {
    private static final Value META = Value.of(Opcode.HANDSHAKE.number());
    private static final Value NOTIFY = Value.of(Opcode.NOTIFY.number());
    private static final Value STORE = Value.of(Opcode.STORE.number());
    private static final Value DELTA = Value.of(Opcode.DELTA.number());
    private static final Value RETRIEVE = Value.of(Opcode.RETRIEVE.number());
    private static final Value RETRIEVED = Value.of(Opcode.RETRIEVED.number());

    final Time now;
    private final Outbox outbox;
    private final List<TableEffect> effects = new ArrayList<>();
    private Outbox.@Nullable Ticket ticket;

    Out(Time now, Outbox outbox) {
        this.now = now;
        this.outbox = outbox;
    }

    /**
     * Says something for a call of this node's application.
     *
     * @param then what the call ends with when all of it is with the links; null when it goes on
     */
    void say(long call, Runnable said, @Nullable Outcome then) {
        Outbox.Ticket mine = new Outbox.Ticket(call, then);
        ticket = mine;
        said.run();
        ticket = null;
        mine.complete(this);
    }

    List<TableEffect> effects() {
        return effects;
    }

    void retrieve(LinkId link, Position position) {
        whisper(link, List.of(RETRIEVE, position.hashName(), position.key()));
    }

    /** Whether it is said, if the link stays. */
    boolean store(LinkId link, Position position, Value value) {
        return whisper(link, storing(position, value));
    }

    /** What a store says; of one that goes to several, a node that has a table makes one message. */
    static List<Value> storing(Position position, Value value) {
        return List.of(STORE, position.hashName(), position.key(), value);
    }

    void delta(LinkId link, Position position, Value.Map delta) {
        whisper(link, List.of(DELTA, position.hashName(), position.key(), delta));
    }

    /** An answer, in the words of the question (CRD-15). */
    void retrieved(LinkId link, Value hashName, Value key, Value value) {
        whisper(link, List.of(RETRIEVED, hashName, key, value));
    }

    void notify(LinkId link, Bytes key) {
        whisper(link, List.of(NOTIFY, Value.of(key)));
    }

    void meta(LinkId link, boolean isJoined) {
        say(0, () -> whisper(link, List.of(META, Value.of(isJoined ? "0" : "1"))), null);
    }

    /** Whether it is said, if the link stays; a peer may ask for it again. */
    boolean whisper(LinkId link, List<Value> payload) {
        return outbox.pass(new TableEffect.Whisper(link, payload, true), ticket, this);
    }

    /** What need not be said again, as long as it is said sometimes. */
    void mention(LinkId link, Opcode subFlag, Value... items) {
        List<Value> payload = new ArrayList<>(List.of(items));
        payload.add(0, Value.of(subFlag.number()));
        outbox.pass(new TableEffect.Whisper(link, payload, false), ticket, this);
    }

    void broadcast(Draft draft) {
        effects.add(new TableEffect.Broadcast(draft, Set.of()));
    }

    void complete(long call, Outcome outcome) {
        perform(new Effect.Complete(call, outcome));
    }

    void news(ChordNews news) {
        perform(new Effect.TellTable(news));
    }

    void perform(Effect effect) {
        add(new TableEffect.Perform(effect));
    }

    void add(TableEffect effect) {
        effects.add(effect);
    }
}
