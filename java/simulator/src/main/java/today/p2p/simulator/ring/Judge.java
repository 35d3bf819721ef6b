package today.p2p.simulator.ring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import today.p2p.chord.ChordCall;
import today.p2p.chord.ChordOutcome;
import today.p2p.chord.ChordStats;
import today.p2p.chord.Share;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.simulator.SimulationFailure;

/** Looks at what one share does: C-1 to C-6. */
final class Judge {
    private static final int META_ITEMS = 2;

    private final String name;
    private final Share share;
    private final NodeLimits limits;
    private final Company company;
    private final Talk talk = new Talk();
    private final Map<Long, Call.OnTable> calls = new HashMap<>();
    private Map<Spot, Value> held = new HashMap<>();

    Judge(String name, Self self, Share share, NodeLimits limits) {
        this.name = name;
        this.share = share;
        this.limits = limits;
        company = new Company(self.id());
    }

    Company company() {
        return company;
    }

    void left(LinkId link) {
        company.remove(link);
        talk.left(link);
    }

    /** What a peer says of itself, or of a position. */
    void hears(Event.Received message, WatchedShare.Cause cause) {
        List<Value> payload = message.frame().message().payload();
        boolean isMeta = message.type() == Opcode.WHISPER.number()
                && message.subFlag() == Opcode.HANDSHAKE.number()
                && payload.size() == META_ITEMS;
        if (isMeta && payload.get(1) instanceof Value.ByteString state) {
            boolean joins = state.bytes().equals(Bytes.ofUtf8("0"));
            if (joins || state.bytes().equals(Bytes.ofUtf8("1"))) {
                company.set(message.link(), joins);
            }
        }
        if (cause.word() != null) {
            talk.hears(message.link(), cause.word());
        }
    }

    void called(Call.OnTable call) {
        calls.put(call.number(), call);
    }

    /** After an event: what came of it, and what is there now. */
    void look(List<TableEffect> effects, WatchedShare.Cause cause) {
        boolean hasLeft = false;
        Map<Spot, Value> now = new HashMap<>();
        share.held().forEach(one -> now.put(Spot.of(one), one.value()));
        now.forEach(talk::knows);
        for (TableEffect effect : effects) {
            if (effect instanceof TableEffect.Whisper whisper) {
                Word.of(whisper.payload()).ifPresent(word -> sent(whisper.link(), word, cause));
            } else if (effect instanceof TableEffect.Perform perform) {
                require(!(perform.effect() instanceof Effect.Close), "C-5", "closes a link");
                if (perform.effect() instanceof Effect.Complete complete) {
                    hasLeft |= complete.outcome() instanceof ChordOutcome.Left;
                    ended(complete.call(), complete.outcome());
                }
            }
        }
        bounded();
        if (!hasLeft) {
            held.keySet().stream().filter(spot -> !now.containsKey(spot)).forEach(spot -> forgotten(spot, cause));
        }
        now.forEach((spot, value) -> {
            if (!value.equals(held.get(spot))) {
                talk.changes(spot, cause.link());
            }
        });
        held = now;
    }

    private void sent(LinkId link, Word word, WatchedShare.Cause cause) {
        Spot spot = word.spot();
        if (word.opcode() == Opcode.RETRIEVE) {
            boolean isBack = isQuestion(cause, spot) && link.equals(cause.link());
            require(!isBack, "C-3", "asks whoever has asked it");
            talk.asks(link, spot);
        } else if (word.opcode() == Opcode.RETRIEVED) {
            require(!talk.isTooMany(link, word), "C-6", "answers what was not asked, or twice");
        } else {
            boolean isSafe = !word.isNil() || company.isKit(link) || talk.isSeenToHold(link, spot);
            require(isSafe || word.opcode() == Opcode.DELTA, "C-5", "deletes where nothing may be");
            if (cause.changes(spot)) {
                passed(link, spot, cause);
            }
        }
    }

    private static boolean isQuestion(WatchedShare.Cause cause, Spot spot) {
        Word word = cause.word();
        return word != null && word.opcode() == Opcode.RETRIEVE && word.spot().equals(spot);
    }

    /** A change goes to the owner, and never back; from the owner, to those that are to have a copy. */
    private void passed(LinkId link, Spot spot, WatchedShare.Cause cause) {
        Optional<LinkId> owner = company.owner(spot, share.isJoined());
        if (owner.isPresent()) {
            require(link.equals(owner.get()), "C-4", "sends a change to another peer than the owner");
            // What comes late to a node that has left goes back, once: whoever sent it is the owner by now (CRD-14).
            boolean hasLeft = !share.isJoined() && company.owner(spot, true).isEmpty();
            require(hasLeft || !link.equals(cause.link()), "C-3", "sends a change back");
        } else {
            boolean isCopy = company.copies(spot, (int) limits.of(Limit.COPIES)).contains(link);
            require(isCopy, "C-4", "sends a copy to a peer that is not to have one");
        }
    }

    private void ended(long number, Outcome outcome) {
        Call.OnTable call = calls.remove(number);
        if (call instanceof ChordCall.Get get && outcome instanceof ChordOutcome.Found found) {
            majority(get.key(), found.value());
        } else if (call instanceof ChordCall.Put put
                && put.isConfirmed()
                && outcome instanceof ChordOutcome.Stored
                && put.value().kind() != Value.Kind.NIL) {
            majority(put.key(), put.value());
        }
    }

    private void majority(Bytes key, Value value) {
        require(talk.isMajority(Spot.all(key), value), "C-1", "reads what no three positions have said: " + value);
    }

    private void bounded() {
        ChordStats stats = share.stats();
        require(stats.entries() <= limits.of(Limit.MAX_ENTRIES), "C-5", "holds " + stats.entries());
        require(stats.bytes() <= limits.of(Limit.MAX_TABLE_BYTES), "C-5", "holds bytes: " + stats.bytes());
        require(stats.keys() <= limits.of(Limit.MAX_KEYS), "C-5", "lists " + stats.keys());
        require(stats.questions() <= limits.of(Limit.MAX_QUESTIONS), "C-5", "waits for " + stats.questions());
        require(stats.questions() >= 0, "C-5", "counts its questions wrongly");
        require(stats.joinedPeers() == company.joined(), "C-4", "takes another number of peers for joined");
    }

    private void forgotten(Spot spot, WatchedShare.Cause cause) {
        boolean isSeen = talk.isSeenToHold(company.nearest(spot), spot);
        require(isSeen || cause.deletes(spot), "C-2", "forgets what its owner was not seen to hold: " + spot);
    }

    private void require(boolean holds, String id, String detail) {
        if (!holds) {
            throw new SimulationFailure.Broken(id, name + " " + detail);
        }
    }
}
