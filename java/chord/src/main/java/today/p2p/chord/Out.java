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
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** What one input leads to, and the time of that input. */
final class Out {
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
        whisper(link, Opcode.RETRIEVE, position.hashName(), position.key());
    }

    /** Whether it is said, if the link stays. */
    boolean store(LinkId link, Position position, Value value) {
        return whisper(link, Opcode.STORE, position.hashName(), position.key(), value);
    }

    void delta(LinkId link, Position position, Value.Map delta) {
        whisper(link, Opcode.DELTA, position.hashName(), position.key(), delta);
    }

    void meta(LinkId link, boolean isJoined) {
        say(0, () -> whisper(link, Opcode.HANDSHAKE, Value.of(isJoined ? "0" : "1")), null);
    }

    boolean whisper(LinkId link, Opcode subFlag, Value... items) {
        List<Value> payload = new ArrayList<>();
        payload.add(Value.of(subFlag.number()));
        payload.addAll(List.of(items));
        return outbox.pass(
                new TableEffect.Whisper(link, payload, subFlag != Opcode.REQUEST && subFlag != Opcode.PING),
                ticket,
                this);
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
