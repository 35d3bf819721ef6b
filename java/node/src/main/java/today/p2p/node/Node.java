package today.p2p.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.Time;
import today.p2p.mesh.Dials;
import today.p2p.mesh.Dials.Purpose;
import today.p2p.mesh.Mesh;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/**
 * One node: what links tell and what the application asks goes in, effects come out. Same state, same input,
 * same time: same effects. Never blocks.
 *
 * <p>Hand in {@link Event.Tick} when the {@link #deadline} has come, and read it again after every event.
 * Time never goes backwards. Not thread-safe: one thread at a time.
 */
public final class Node {
    private final Self self;
    private final Mesh mesh;
    private final Dials dials;
    private final Links links;
    private final Reminders reminders;
    private final TableSeat seat;
    private boolean isClosed;

    /** A node that is a mesh and nothing else, without links. All its chances are drawn from {@code random}. */
    public Node(Self self, NodeLimits limits, RandomGenerator random) {
        this(self, limits, random, null);
    }

    /** A node that holds a table. */
    public Node(Self self, NodeLimits limits, RandomGenerator random, @Nullable Table table) {
        this.self = self;
        dials = new Dials(limits);
        mesh = new Mesh(self, limits, dials, random);
        links = new Links(limits);
        seat = new TableSeat(mesh, table);
        reminders = new Reminders(limits);
    }

    /** Handles one event; the effects are to be performed in their order. */
    public List<Effect> on(Event event, Time now) {
        List<Effect> effects = new ArrayList<>();
        if (event instanceof Event.Received received) {
            onReceived(received, effects, now);
        } else if (event instanceof Event.LinkUp up) {
            onLinkUp(up, effects);
        } else if (event instanceof Event.Greeted greeted) {
            onGreeted(greeted, effects, now);
        } else if (event instanceof Event.LinkDown down) {
            onLinkDown(down, effects, now);
        } else if (event instanceof Event.DialFailed failed) {
            dials.end(OptionalLong.of(failed.dial()))
                    .ifPresent(purpose -> notConnected(purpose, failed.reason(), effects));
        } else if (event instanceof Event.Called called) {
            onCall(called.call(), effects, now);
        } else if (event instanceof Event.Room room) {
            seat.hasRoom(room.link(), effects, now);
        } else {
            effects.addAll(mesh.tick(now));
            seat.tick(effects, now);
            reminders.take(now).forEach(link -> {
                PackedMessage handshake = mesh.pack(self.handshake(), now);
                if (handshake != null) {
                    effects.add(new Effect.Send(link, handshake, false));
                }
            });
        }
        return effects;
    }

    /** When a {@link Event.Tick} is due, in nanoseconds of the monotonic clock. */
    public OptionalLong deadline() {
        return earlier(mesh.deadline(), earlier(seat.deadline(), reminders.deadline()));
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        boolean both = one.isPresent() && other.isPresent();
        boolean first = both ? one.getAsLong() - other.getAsLong() <= 0 : one.isPresent();
        return first ? one : other;
    }

    /**
     * Whether the 32 bytes at {@code at} are the id of a broadcast that this node remembers: then the frame that
     * claims it need not be read (MSH-30). This method alone is for any thread.
     */
    public boolean hasSeen(byte[] bytes, int at, Time now) {
        return mesh.seen().hasSeen(bytes, at, now);
    }

    /** The peers, in the order of their links. */
    public Collection<Peer> peers() {
        return mesh.peers();
    }

    /** The peer with this id. */
    public Optional<Peer> peer(Bytes id) {
        return mesh.peer(id);
    }

    /** How many links there are, those without a handshake included. */
    public int links() {
        return links.count();
    }

    /** How many broadcasts are remembered. */
    public int seenBroadcasts() {
        return mesh.seen().size();
    }

    private void onLinkUp(Event.LinkUp up, List<Effect> effects) {
        Optional<CloseReason> refused = links.add(up);
        if (isClosed) {
            effects.add(new Effect.Close(up.link(), CloseReason.because(Cause.LOCAL, "the node was closed")));
        } else {
            refused.ifPresent(reason -> effects.add(new Effect.Close(up.link(), reason)));
        }
    }

    private void onGreeted(Event.Greeted greeted, List<Effect> effects, Time now) {
        Optional<Links.Entry> entry = links.of(greeted.link());
        if (entry.isEmpty() || isClosed) {
            return;
        }
        if (entry.get().isGreeted()) {
            mesh.refresh(greeted.link(), greeted.handshake().info());
            return;
        }
        links.greeted(entry.get());
        PeerInfo info = greeted.handshake().info();
        Optional<Peer> older = mesh.peer(info.id().bytes());
        boolean stays = older.isEmpty() || links.replaces(entry.get(), older.get(), self.id(), now);
        CloseReason duplicate = CloseReason.because(Cause.DUPLICATE, "another link to this peer stays");
        if (stays) {
            boolean outgoing = entry.get().isOutgoing();
            if (older.isPresent()) {
                effects.add(new Effect.Close(older.get().link(), duplicate));
            } else {
                effects.add(new Effect.PeerConnected(info, greeted.link(), outgoing));
            }
            Lineage lineage = greeted.handshake().lineage();
            Peer peer = new Peer(greeted.link(), info, lineage, entry.get().remote(), outgoing, now.nanos());
            effects.addAll(mesh.join(peer, now));
            seat.joined(greeted, outgoing, effects, now);
        } else {
            effects.add(new Effect.Close(greeted.link(), duplicate));
        }
        if (older.isPresent() && older.get().lineage() == Lineage.JS2P) {
            reminders.add(stays ? greeted.link() : older.get().link(), now);
        }
        dials.end(entry.get().dial(), info.id(), now).ifPresent(purpose -> connected(purpose, info, effects));
    }

    private void onLinkDown(Event.LinkDown down, List<Effect> effects, Time now) {
        Optional<Links.Entry> entry = links.remove(down.link());
        effects.addAll(mesh.leave(down.link(), down.reason(), now));
        reminders.remove(down.link());
        seat.left(down.link(), effects, now);
        entry.flatMap(gone -> dials.end(gone.dial()))
                .ifPresent(purpose -> notConnected(purpose, down.reason(), effects));
    }

    private void onReceived(Event.Received received, List<Effect> effects, Time now) {
        Optional<Links.Entry> entry = links.of(received.link());
        if (entry.isEmpty() || !entry.get().isGreeted() || isClosed) {
            return;
        }
        boolean isBroadcast = received.type() == Opcode.BROADCAST.number();
        if (!isBroadcast || mesh.relay(received, to -> seat.mayRelay(received, to), effects, now)) {
            route(received, entry.get(), isBroadcast, effects, now);
        }
    }

    /** The switch over opcodes: who takes a message is decided here and nowhere else. */
    private void route(Event.Received received, Links.Entry from, boolean isBroadcast, List<Effect> effects, Time now) {
        switch (Route.of(isBroadcast, received.subFlag(), received.items())) {
            case DELIVER -> effects.add(mesh.deliver(received));
            case LEARN -> {
                mesh.learn(received, from.remote(), seat::wants, effects, now);
                seat.received(received, effects, now);
            }
            case LIST -> seat.list(received, effects, now);
            case ANSWER -> mesh.answer(received, effects, now);
            case USE -> mesh.use(received, from.remote(), effects, now);
            case TABLE -> seat.received(received, effects, now);
            case NOTHING -> {}
        }
    }

    private void onCall(Call call, List<Effect> effects, Time now) {
        if (isClosed) {
            Outcome closed = call instanceof Call.Close
                    ? new Outcome.Done()
                    : new Outcome.Failed(ErrorCode.ABSENT, "the node was closed");
            effects.add(new Effect.Complete(call.number(), closed));
        } else if (call instanceof Call.Broadcast broadcast) {
            effects.addAll(mesh.broadcast(broadcast, now));
        } else if (call instanceof Call.Whisper whisper) {
            effects.addAll(mesh.whisper(whisper, now));
        } else if (call instanceof Call.Connect connect) {
            effects.add(dials.begin(connect.address(), new Purpose.ForCall(connect.number())));
        } else if (call instanceof Call.OnTable onTable) {
            seat.called(onTable, effects, now);
        } else if (call instanceof Call.Disconnect disconnect) {
            disconnect(disconnect, effects);
        } else {
            close(call, effects);
        }
    }

    private void disconnect(Call.Disconnect call, List<Effect> effects) {
        Optional<Peer> peer = mesh.peer(call.id());
        CloseReason asked = CloseReason.because(Cause.LOCAL, "the application asked for it");
        peer.ifPresent(found -> effects.add(new Effect.Close(found.link(), asked)));
        Outcome outcome =
                peer.isPresent() ? new Outcome.Done() : new Outcome.Failed(ErrorCode.ABSENT, "no link to that node");
        effects.add(new Effect.Complete(call.number(), outcome));
    }

    private void close(Call call, List<Effect> effects) {
        isClosed = true;
        CloseReason reason = CloseReason.because(Cause.LOCAL, "the node was closed");
        links.all().forEach(entry -> effects.add(new Effect.Close(entry.link(), reason)));
        effects.addAll(mesh.close());
        seat.close(effects);
        dials.endAll().forEach(purpose -> notConnected(purpose, reason, effects));
        effects.add(new Effect.Complete(call.number(), new Outcome.Done()));
    }

    private void connected(Purpose purpose, PeerInfo peer, List<Effect> effects) {
        if (purpose instanceof Purpose.ForCall call) {
            effects.add(new Effect.Complete(call.call(), new Outcome.Connected(peer)));
        } else if (purpose instanceof Purpose.ForRequest request) {
            // Still waiting now: another node than the one that was looked for has shaken hands (MSH-18).
            effects.addAll(mesh.notFound(request.request()));
        }
    }

    private void notConnected(Purpose purpose, CloseReason reason, List<Effect> effects) {
        if (purpose instanceof Purpose.ForCall call) {
            effects.add(new Effect.Complete(call.call(), new Outcome.NotConnected(reason)));
        } else if (purpose instanceof Purpose.ForRequest request) {
            effects.addAll(mesh.notFound(request.request()));
        }
    }
}
