package today.p2p.simulator.ring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.ChordCall;
import today.p2p.chord.Share;
import today.p2p.kernel.Call;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** A share that keeps the outcomes of its calls, and is judged after everything that it is told or asked. */
final class WatchedShare implements Table {
    private final Share share;
    private final Optional<Judge> judge;
    private final Map<Long, Outcome> outcomes = new HashMap<>();

    /** A share; {@code isJudged} says whether its invariants are looked at, which takes its time. */
    WatchedShare(String name, Self self, NodeLimits limits, RandomGenerator random, boolean isJudged) {
        share = new Share(self, limits, random);
        judge = isJudged ? Optional.of(new Judge(name, self, share, limits)) : Optional.empty();
    }

    Share share() {
        return share;
    }

    /** How a call has ended; empty while it has not. */
    Optional<Outcome> outcome(long call) {
        return Optional.ofNullable(outcomes.get(call));
    }

    @Override
    public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
        judge.ifPresent(one -> one.company().add(link, peer));
        return looked(share.joined(link, peer, isOutgoing, now), Cause.NONE);
    }

    @Override
    public List<TableEffect> left(LinkId link, Time now) {
        List<TableEffect> effects = share.left(link, now);
        judge.ifPresent(one -> one.left(link));
        return looked(effects, Cause.NONE);
    }

    @Override
    public List<TableEffect> received(Event.Received message, Time now) {
        List<Value> payload = message.frame().message().payload();
        boolean isWhisper = message.type() == Opcode.WHISPER.number();
        Cause cause = new Cause(message.link(), isWhisper ? Word.of(payload).orElse(null) : null, null);
        judge.ifPresent(one -> one.hears(message, cause));
        return looked(share.received(message, now), cause);
    }

    @Override
    public boolean mayRelay(Event.Received message, LinkId to) {
        return share.mayRelay(message, to);
    }

    @Override
    public List<TableEffect> hasRoom(LinkId link, Time now) {
        return looked(share.hasRoom(link, now), Cause.NONE);
    }

    @Override
    public boolean isSendingTo(LinkId link) {
        return share.isSendingTo(link);
    }

    @Override
    public boolean wants(PeerInfo named) {
        return share.wants(named);
    }

    @Override
    public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
        judge.ifPresent(one -> one.called(call));
        return looked(share.called(call, drafts, now), new Cause(null, null, (ChordCall) call));
    }

    @Override
    public List<TableEffect> tick(Time now) {
        return looked(share.tick(now), Cause.NONE);
    }

    @Override
    public OptionalLong deadline() {
        return share.deadline();
    }

    @Override
    public List<TableEffect> close() {
        List<TableEffect> effects = share.close();
        judge.ifPresent(one -> one.company().clear());
        return looked(effects, Cause.NONE);
    }

    private List<TableEffect> looked(List<TableEffect> effects, Cause cause) {
        for (TableEffect effect : effects) {
            if (effect instanceof TableEffect.Perform perform && perform.effect() instanceof Effect.Complete complete) {
                outcomes.put(complete.call(), complete.outcome());
            }
        }
        judge.ifPresent(one -> one.look(effects, cause));
        return effects;
    }

    /** What a share acts upon. */
    record Cause(
            @Nullable LinkId link,
            @Nullable Word word,
            @Nullable ChordCall call) {
        static final Cause NONE = new Cause(null, null, null);

        /** Whether it is a change of a position that was sent or asked for: a share then sends it to where it belongs. */
        boolean changes(Spot spot) {
            boolean isTold = word != null && word.isChange() && word.spot().equals(spot);
            return isTold
                    || (call instanceof ChordCall.Put put && Spot.all(put.key()).contains(spot));
        }

        /** Whether it deletes what stands at a position. */
        boolean deletes(Spot spot) {
            boolean isTold = word != null && word.opcode() == Opcode.STORE && word.isNil();
            boolean isAsked = call instanceof ChordCall.Put put && put.value().kind() == Value.Kind.NIL;
            return (isTold || isAsked) && changes(spot);
        }
    }
}
