package today.p2p.chord;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private final List<TableEffect> effects = new ArrayList<>();

    Out(Time now) {
        this.now = now;
    }

    List<TableEffect> effects() {
        return effects;
    }

    void retrieve(LinkId link, Position position) {
        whisper(link, Opcode.RETRIEVE, position.hashName(), position.key());
    }

    void store(LinkId link, Position position, Value value) {
        whisper(link, Opcode.STORE, position.hashName(), position.key(), value);
    }

    void delta(LinkId link, Position position, Value.Map delta) {
        whisper(link, Opcode.DELTA, position.hashName(), position.key(), delta);
    }

    void meta(LinkId link, boolean isJoined) {
        whisper(link, Opcode.HANDSHAKE, Value.of(isJoined ? "0" : "1"));
    }

    void whisper(LinkId link, Opcode subFlag, Value... items) {
        List<Value> payload = new ArrayList<>();
        payload.add(Value.of(subFlag.number()));
        payload.addAll(List.of(items));
        effects.add(new TableEffect.Whisper(link, payload, subFlag != Opcode.REQUEST));
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
        effects.add(new TableEffect.Perform(effect));
    }
}
