package today.p2p.simulator.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.SyncNews;
import today.p2p.sync.TableEntry;

/** A replica whose invariants are looked at after everything that it is told or asked. */
final class WatchedReplica implements Table {
    private final Self self;
    private final Replica replica;
    private final Story story;
    private final Map<LinkId, Lineage> peers = new HashMap<>();

    WatchedReplica(String name, Self self, boolean leasing, NodeLimits limits) {
        this.self = self;
        replica = new Replica(self, leasing, limits);
        story = new Story(name, replica, limits);
    }

    Replica replica() {
        return replica;
    }

    @Override
    public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
        peers.put(link, peer.lineage());
        return looked(replica.joined(link, peer, isOutgoing, now), null, now);
    }

    @Override
    public List<TableEffect> left(LinkId link, Time now) {
        peers.remove(link);
        return looked(replica.left(link, now), null, now);
    }

    @Override
    public List<TableEffect> received(Event.Received message, Time now) {
        Optional<Said> said = Said.of(message);
        TableEntry before = said.flatMap(one -> replica.entry(one.key())).orElse(null);
        List<TableEffect> effects = replica.received(message, now);
        effects.forEach(effect -> story.require(!isClose(effect), "S-6", "closes a link for a change"));
        if (said.isPresent() && said.get().isJoin()) {
            // Before the story goes on, which would forget the deletion.
            story.joined(said.get(), before, now);
        }
        return looked(effects, said.orElse(null), now);
    }

    @Override
    public boolean mayRelay(Event.Received message, LinkId to) {
        boolean may = replica.mayRelay(message, to);
        boolean isDeletion = may && Said.of(message).filter(Said::isDeletion).isPresent();
        story.require(!isDeletion || !couldBeJs2p(to), "S-7", "relays a deletion to what could be js2p");
        return may;
    }

    @Override
    public List<TableEffect> hasRoom(LinkId link, Time now) {
        return looked(replica.hasRoom(link, now), null, now);
    }

    @Override
    public boolean isSendingTo(LinkId link) {
        return replica.isSendingTo(link);
    }

    @Override
    public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
        Draft[] drawn = new Draft[1];
        Drafts noted = payload -> {
            Optional<Draft> draft = drafts.broadcast(payload);
            draft.ifPresent(one -> drawn[0] = one);
            return draft;
        };
        List<TableEffect> effects = replica.called(call, noted, now);
        Said said = call instanceof SyncCall own && drawn[0] != null ? said(own, drawn[0].time()) : null;
        if (said != null && said.isDeletion()) {
            effects.forEach(this::sent);
        }
        return looked(effects, said, now);
    }

    @Override
    public List<TableEffect> tick(Time now) {
        return looked(replica.tick(now), null, now);
    }

    @Override
    public OptionalLong deadline() {
        return replica.deadline();
    }

    @Override
    public List<TableEffect> close() {
        peers.clear();
        return replica.close();
    }

    private Said said(SyncCall call, long time) {
        Bytes owner = self.id().bytes();
        return call instanceof SyncCall.Put put
                ? new Said(put.key(), put.value(), owner, time, false, false)
                : new Said(call.key(), ((SyncCall.Merge) call).delta(), owner, time, true, false);
    }

    /** S-7: who could be js2p is left out. */
    private void sent(TableEffect effect) {
        if (effect instanceof TableEffect.Broadcast broadcast) {
            boolean isSafe = peers.keySet().stream()
                    .allMatch(link -> !couldBeJs2p(link) || broadcast.except().contains(link));
            story.require(isSafe, "S-7", "sends a deletion to what could be js2p");
        }
    }

    private boolean couldBeJs2p(LinkId link) {
        return peers.get(link) == Lineage.JS2P;
    }

    private List<TableEffect> looked(List<TableEffect> effects, @Nullable Said said, Time now) {
        for (TableEffect effect : effects) {
            if (effect instanceof TableEffect.Perform perform
                    && perform.effect() instanceof Effect.TellTable tell
                    && tell.news() instanceof SyncNews news) {
                story.follow(news, said, now);
            } else if (effect instanceof TableEffect.Whisper whisper) {
                told(whisper.payload());
            }
        }
        story.fills();
        story.settled(said == null ? null : said.key());
        return effects;
    }

    /** S-4: a join store is an entry that is here. */
    private void told(List<Value> payload) {
        if (payload.size() == 5 && payload.get(1) instanceof Value.ByteString key) {
            boolean isHere = replica.entry(key.bytes())
                    .filter(entry -> entry.value().equals(payload.get(2))
                            && entry.owner().equals(payload.get(3)))
                    .isPresent();
            story.require(isHere, "S-4", "tells a newcomer of what it does not hold");
        }
    }

    private static boolean isClose(TableEffect effect) {
        return effect instanceof TableEffect.Perform perform && perform.effect() instanceof Effect.Close;
    }
}
