package today.p2p.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Delivery;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.mesh.Dials.Purpose;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/**
 * What a node makes of its links (chapter 13): peers, broadcasts, whispers, requests. One input and the time
 * go in, effects come out. Not thread-safe.
 */
public final class Mesh {
    /** As the source of broadcasts in the seen set: this node. */
    private static final LinkId OWN = new LinkId(Long.MIN_VALUE);

    private static final String NOT_YOURS = "an application has 0x00, 0x02 and 0x40 to 0xff";
    private static final Bytes ASTERISK = Bytes.ofUtf8("*");

    private final Self self;
    private final NodeLimits limits;
    private final RandomGenerator random;
    private final PeerSet peers = new PeerSet();
    private final SeenBroadcasts seen;
    private final Dials dials;
    private final Requests requests;
    private final OwnMessages own;
    private final Map<LinkId, Long> listedAt = new TreeMap<>();

    /** A mesh without peers. */
    public Mesh(Self self, NodeLimits limits, Dials dials, RandomGenerator random) {
        this.self = self;
        this.limits = limits;
        this.dials = dials;
        this.random = random;
        own = new OwnMessages(self, limits);
        seen = new SeenBroadcasts(limits, random);
        requests = new Requests(limits, random);
    }

    /** The peers, in the order of their links. */
    public Collection<Peer> peers() {
        return peers.all();
    }

    /** The peer with this id. */
    public Optional<Peer> peer(Bytes id) {
        return peers.ofId(id);
    }

    /** The broadcasts that are remembered. */
    public SeenBroadcasts seen() {
        return seen;
    }

    /** When {@link #tick} is due, in nanoseconds of the monotonic clock. */
    public OptionalLong deadline() {
        return requests.deadline();
    }

    /** A peer is there, or its link has changed to another one: tells it of the others (MSH-3). */
    public List<Effect> join(Peer peer, Time now) {
        List<Effect> effects = new ArrayList<>();
        peers.put(peer);
        effects.add(new Effect.Send(peer.link(), own.peers(peer, peers.listening(), random, now), false));
        for (Requests.Pending waiting : requests.removeFor(peer.info().id().bytes())) {
            whisperTo(peer, waiting.whisper(), effects, now);
        }
        return effects;
    }

    /** A peer says something new of itself (LNK-9). */
    public void refresh(LinkId link, PeerInfo info) {
        peers.ofLink(link).ifPresent(peer -> peers.put(peer.with(info)));
    }

    /** The link is gone: the peer on it, if it was one; another one is asked for more (MSH-21). */
    public List<Effect> leave(LinkId link, CloseReason reason, Time now) {
        List<Effect> effects = new ArrayList<>();
        listedAt.remove(link);
        peers.remove(link).ifPresent(peer -> {
            effects.add(new Effect.PeerDisconnected(peer.info(), link, reason));
            Optional<Peer> asked = hasEnoughLinks() ? Optional.empty() : peers.any(random);
            asked.ifPresent(other -> {
                PackedMessage request = pack(List.of(Value.of(Opcode.REQUEST.number()), Value.of(ASTERISK)), now);
                if (request != null) {
                    effects.add(new Effect.Send(other.link(), request, false));
                }
            });
        });
        return effects;
    }

    /**
     * A broadcast came: whether it is new, and so relayed and handled (MSH-9, MSH-10); if it is, the relaying
     * is in {@code effects}.
     *
     * @param mayGo to which links it may go, whatever else is said
     */
    public boolean relay(Event.Received received, Predicate<LinkId> mayGo, List<Effect> effects, Time now) {
        Bytes id = received.frame().id();
        boolean known = seen.holds(id, now);
        if (!BroadcastRule.decide(received.time(), now.wallSeconds(), known).accepted()) {
            return false;
        }
        seen.add(id, received.link(), now);
        Bytes sender = received.frame().message().sender().bytes();
        for (Peer peer : peers.all()) {
            boolean isSource = peer.link().equals(received.link());
            if (!isSource && !peer.info().id().bytes().equals(sender) && mayGo.test(peer.link())) {
                effects.add(new Effect.Send(peer.link(), received.frame().packed(), true));
            }
        }
        return true;
    }

    /** A message of the application came (MSH-14). */
    public Effect deliver(Event.Received received) {
        Message message = received.frame().message();
        List<Value> payload = message.payload();
        return new Effect.Deliver(new Delivery(
                received.link(),
                received.type() == Opcode.BROADCAST.number(),
                message.sender(),
                message.time(),
                received.frame().id(),
                received.subFlag(),
                payload.subList(1, payload.size())));
    }

    /**
     * A list of peers came: dials some of them (MSH-4, MSH-5).
     *
     * @param wanted which nodes a table needs links to, however many there are (CRD-20)
     */
    public void learn(
            Event.Received received, Address source, Predicate<PeerInfo> wanted, List<Effect> effects, Time now) {
        List<Value> payload = received.frame().message().payload();
        if (payload.size() != 2 || !(payload.get(1) instanceof Value.Array list)) {
            return;
        }
        List<PeerInfo> named = PeerList.readAll(list, limits.of(Limit.MAX_PEERS_READ));
        PeerList.shuffle(named, random);
        for (PeerInfo node : named) {
            Bytes id = node.id().bytes();
            boolean known = id.equals(self.id().bytes()) || peers.ofId(id).isPresent();
            // What is known is most of a list, so that nobody is asked about it.
            if (known || (hasEnoughLinks() && !wanted.test(node))) {
                continue;
            }
            if (!node.address().equals(self.address())) {
                dials.begin(node, source, new Purpose.ForMesh(), now).ifPresent(effects::add);
            }
        }
    }

    /** The whisper {@code request *} came: answers with the peers, not too often (MSH-8). */
    public void list(Event.Received received, List<Effect> effects, Time now) {
        List<Value> payload = received.frame().message().payload();
        Optional<Peer> peer = peers.ofLink(received.link());
        if (peer.isEmpty() || payload.size() != 2 || !(payload.get(1) instanceof Value.ByteString asked)) {
            return;
        }
        Long before = listedAt.get(received.link());
        boolean tooSoon = before != null && now.since(before) < limits.nanos(Timer.PEERS_EVERY);
        if (asked.bytes().equals(ASTERISK) && !tooSoon) {
            listedAt.put(received.link(), now.nanos());
            effects.add(new Effect.Send(received.link(), own.peers(peer.get(), peers.listening(), random, now), false));
        }
    }

    /** Somebody looks for a node: answers when it is a peer, or this node itself (MSH-17). */
    public void answer(Event.Received received, List<Effect> effects, Time now) {
        List<Value> payload = received.frame().message().payload();
        if (payload.size() != 3
                || !(payload.get(1) instanceof Value.ByteString request)
                || !(payload.get(2) instanceof Value.ByteString target)) {
            return;
        }
        Optional<PeerInfo> found = target.bytes().equals(self.id().bytes())
                ? Optional.of(new PeerInfo(self.id(), self.address()))
                : peers.ofId(target.bytes()).map(Peer::info);
        found.ifPresent(node -> {
            Value subFlag = Value.of(Opcode.RESPONSE.number());
            PackedMessage response = own.pack(Opcode.BROADCAST, now, subFlag, request, PeerList.write(node, self));
            if (!seen.holds(response.id(), now)) {
                seen.add(response.id(), OWN, now);
                effects.add(new Effect.Send(received.link(), response, true));
            }
        });
    }

    /** A response came: dials the address when it is the first to a request of ours (MSH-18). */
    public void use(Event.Received received, Address source, List<Effect> effects, Time now) {
        List<Value> payload = received.frame().message().payload();
        if (payload.size() != 3 || !(payload.get(1) instanceof Value.ByteString id)) {
            return;
        }
        Optional<Requests.Pending> request = requests.open(id.bytes());
        Optional<PeerInfo> named = PeerList.read(payload.get(2));
        boolean fits = request.isPresent()
                && named.isPresent()
                && named.get().id().bytes().equals(request.get().whisper().to());
        if (fits) {
            Purpose purpose = new Purpose.ForRequest(request.get().id());
            dials.begin(named.get(), source, purpose, now).ifPresent(dial -> {
                requests.answer(request.get());
                effects.add(dial);
            });
        }
    }

    /** The dial to the address of a response led to nothing. */
    public List<Effect> notFound(Bytes request) {
        List<Effect> effects = new ArrayList<>();
        requests.remove(request)
                .ifPresent(waiting -> effects.add(Effect.Complete.failed(
                        waiting.whisper().number(),
                        ErrorCode.ABSENT,
                        "the node is not at the address that was found for it")));
        return effects;
    }

    /** The application's broadcast (MSH-9, MSH-13). */
    public List<Effect> broadcast(Call.Broadcast call, Time now) {
        List<Effect> effects = new ArrayList<>();
        Optional<List<Value>> content = OwnMessages.content(call.subFlag(), call.payload());
        if (content.isEmpty()) {
            return List.of(Effect.Complete.failed(call.number(), ErrorCode.OPCODE, NOT_YOURS));
        }
        try {
            Optional<Draft> draft = draft(content.get(), now);
            if (draft.isEmpty()) {
                String why = "as many equal broadcasts as max-time-raise allows";
                return List.of(Effect.Complete.failed(call.number(), ErrorCode.LIMIT, why));
            }
            send(draft.get(), Set.of(), effects, now);
            Bytes id = draft.get().message().id();
            effects.add(new Effect.Complete(
                    call.number(), new Outcome.Sent(id, peers.all().size())));
        } catch (NotEncodableException refused) {
            return List.of(Effect.Complete.failed(call.number(), refused.code(), String.valueOf(refused.getMessage())));
        }
        return effects;
    }

    /** A broadcast of a table, not sent yet (MSH-13). */
    public Optional<Draft> draft(List<Value> payload, Time now) {
        for (long raise = 0; raise <= limits.of(Limit.MAX_TIME_RAISE); raise++) {
            long time = now.wallSeconds() + raise;
            PackedMessage message = own.pack(Opcode.BROADCAST, time, payload);
            if (!seen.holds(message.id(), now)) {
                return Optional.of(new Draft(time, message));
            }
        }
        return Optional.empty();
    }

    /** Sends a draft to every peer but those on some links. */
    public void send(Draft draft, Set<LinkId> except, List<Effect> effects, Time now) {
        seen.add(draft.message().id(), OWN, now);
        for (Peer peer : peers.all()) {
            if (!except.contains(peer.link())) {
                effects.add(new Effect.Send(peer.link(), draft.message(), true));
            }
        }
    }

    /** A whisper that is not the application's, and may go to several peers; null when no frame can hold it. */
    public @Nullable PackedMessage pack(List<Value> payload, Time now) {
        try {
            return own.pack(Opcode.WHISPER, now.wallSeconds(), payload);
        } catch (NotEncodableException aboveOurLimit) {
            // Our own max-frame is below what the table holds: the peer does without.
            return null;
        }
    }

    /** The application's whisper: on a link, or after a search for the node (MSH-15, MSH-16). */
    public List<Effect> whisper(Call.Whisper call, Time now) {
        List<Effect> effects = new ArrayList<>();
        Optional<Peer> peer = peers.ofId(call.to());
        if (peer.isPresent()) {
            whisperTo(peer.get(), call, effects, now);
        } else if (!call.search() || peers.all().isEmpty()) {
            String why =
                    "no link to that node" + (call.search() ? ", nor to any other that could be asked for it" : "");
            effects.add(Effect.Complete.failed(call.number(), ErrorCode.ABSENT, why));
        } else if (requests.isFull()) {
            effects.add(Effect.Complete.failed(call.number(), ErrorCode.LIMIT, "more than max-requests requests"));
        } else {
            Bytes id = requests.add(call, now);
            Value subFlag = Value.of(Opcode.REQUEST.number());
            Value target = self.dialect().nodeId(call.to());
            PackedMessage search = own.pack(Opcode.BROADCAST, now, subFlag, Value.text(id), target);
            send(new Draft(now.wallSeconds(), search), Set.of(), effects, now);
        }
        return effects;
    }

    /** Ends the requests whose time has run out (MSH-18). */
    public List<Effect> tick(Time now) {
        List<Effect> effects = new ArrayList<>();
        requests.removeLate(now)
                .forEach(late -> effects.add(
                        Effect.Complete.failed(late.whisper().number(), ErrorCode.TIMEOUT, "nobody knew that node")));
        return effects;
    }

    /** Ends all requests. */
    public List<Effect> close() {
        List<Effect> effects = new ArrayList<>();
        requests.removeAll()
                .forEach(open -> effects.add(
                        Effect.Complete.failed(open.whisper().number(), ErrorCode.ABSENT, "the node was closed")));
        return effects;
    }

    private void whisperTo(Peer peer, Call.Whisper call, List<Effect> effects, Time now) {
        Optional<List<Value>> content = OwnMessages.content(call.subFlag(), call.payload());
        if (content.isEmpty()) {
            effects.add(Effect.Complete.failed(call.number(), ErrorCode.OPCODE, NOT_YOURS));
            return;
        }
        try {
            PackedMessage message = own.pack(Opcode.WHISPER, now.wallSeconds(), content.get());
            effects.add(new Effect.Send(peer.link(), message, true));
            effects.add(new Effect.Complete(call.number(), new Outcome.Sent(message.id(), 1)));
        } catch (NotEncodableException refused) {
            effects.add(Effect.Complete.failed(call.number(), refused.code(), String.valueOf(refused.getMessage())));
        }
    }

    private boolean hasEnoughLinks() {
        return peers.outgoing() + dials.size() >= limits.of(Limit.MAX_OUTGOING);
    }
}
