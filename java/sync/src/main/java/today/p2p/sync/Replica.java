package today.p2p.sync;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
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
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/**
 * What one node holds of a Sync Table (chapter 14): what peers tell and what the application asks goes in,
 * effects come out.
 *
 * <p>All methods of {@link Table} belong to one thread; {@link #entry}, {@link #entries}, {@link #isReady} and
 * {@link #stats} may be called on any.
 */
public final class Replica implements Table {
    /** How far ahead a change may be dated: registry, timers, {@code broadcast-window} (SYN-5). */
    private static final long WINDOW = 60;

    private static final Bytes ASTERISK = Bytes.ofUtf8("*");

    private final Self self;
    private final Ledger ledger;
    private final Transfers transfers;
    private final Arrivals arrivals;
    private final Map<LinkId, Handshake> peers = new TreeMap<>();
    private final AtomicLong joinsReceived = new AtomicLong();
    private final AtomicLongArray refused = new AtomicLongArray(Refusal.values().length);

    /** An empty replica. */
    public Replica(Self self, boolean leasing, NodeLimits limits) {
        this.self = self;
        ledger = new Ledger(leasing, limits);
        transfers = new Transfers(ledger.entries(), limits);
        arrivals = new Arrivals(limits);
    }

    /** What the table holds for a key. */
    public Optional<TableEntry> entry(Bytes key) {
        return Optional.ofNullable(ledger.entries().get(key));
    }

    /** All entries in the order of their keys: a live view that cannot be written to. */
    public NavigableMap<Bytes, TableEntry> entries() {
        return ledger.view();
    }

    /** How many keys there are. */
    public int size() {
        return ledger.entries().count();
    }

    /** Whether all entries of one peer have come (SYN-17). */
    public boolean isReady() {
        return arrivals.isReady();
    }

    /** Whether the table has leases. */
    public boolean isLeasing() {
        return ledger.isLeasing();
    }

    /** When another owner may write an entry, in seconds since 1970 (SYN-22). */
    public long freeFrom(TableEntry entry) {
        return ledger.freeFrom(entry);
    }

    /** Figures of this moment; deletions may be behind by one call. */
    public SyncStats stats() {
        Map<Refusal, Long> reasons = new EnumMap<>(Refusal.class);
        for (Refusal why : Refusal.values()) {
            reasons.put(why, refused.get(why.ordinal()));
        }
        Entries entries = ledger.entries();
        return new SyncStats(
                entries.count(),
                entries.cost(),
                ledger.deletions(),
                joinsReceived.get(),
                transfers.sent(),
                transfers.count(),
                reasons);
    }

    @Override
    public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        peers.put(link, peer);
        if (!arrivals.isReady()) {
            arrivals.begin(link, now);
            List<Value> question = List.of(Value.of(Opcode.REQUEST.number()), Value.of(ASTERISK));
            effects.add(new TableEffect.Whisper(link, question, false));
        }
        transfers.begin(link);
        sendPortion(link, effects);
        return effects;
    }

    @Override
    public List<TableEffect> left(LinkId link, Time now) {
        peers.remove(link);
        transfers.end(link);
        arrivals.end(link);
        return List.of();
    }

    @Override
    public List<TableEffect> hasRoom(LinkId link, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        sendPortion(link, effects);
        return effects;
    }

    @Override
    public boolean isSendingTo(LinkId link) {
        return transfers.isOn(link);
    }

    @Override
    public List<TableEffect> received(Event.Received message, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        if (message.subFlag() == Opcode.PEERS.number()) {
            tellReady(arrivals.list(message.link()), effects);
        } else if (message.subFlag() == Opcode.STORE.number() || message.subFlag() == Opcode.DELTA.number()) {
            Optional<Told> told = Told.read(message);
            Refusal why = told.isEmpty() ? Refusal.SHAPE : take(told.get(), message, effects, now);
            count(why);
        }
        return effects;
    }

    @Override
    public boolean mayRelay(Event.Received message, LinkId to) { // SYN-20
        Lineage lineage = lineage(to);
        if (lineage == Lineage.KIT || message.subFlag() != Opcode.STORE.number()) {
            return true;
        }
        Optional<Told> told = Told.read(message);
        boolean isDeletion = told.isPresent() && told.get().kind() == Told.Kind.DELETION;
        return !isDeletion
                || (lineage == Lineage.PY2P && ledger.entries().get(told.get().key()) != null);
    }

    @Override
    public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        if (call instanceof SyncCall known) {
            Outcome outcome = write(known, drafts, effects, now);
            effects.add(new TableEffect.Perform(new Effect.Complete(call.number(), outcome)));
        } else {
            effects.add(new TableEffect.Perform(
                    Effect.Complete.failed(call.number(), ErrorCode.NOOP, "not a call of a Sync Table")));
        }
        return effects;
    }

    @Override
    public List<TableEffect> tick(Time now) {
        List<TableEffect> effects = new ArrayList<>();
        tellReady(arrivals.tick(now), effects);
        return effects;
    }

    @Override
    public OptionalLong deadline() {
        return arrivals.deadline();
    }

    @Override
    public List<TableEffect> close() {
        transfers.endAll();
        peers.clear();
        return List.of();
    }

    /** SYN-13, SYN-15. */
    private void sendPortion(LinkId link, List<TableEffect> effects) {
        for (TableEntry entry : transfers.next(link)) {
            List<Value> store = List.of(
                    Value.of(Opcode.STORE.number()),
                    Value.of(entry.key()),
                    entry.value(),
                    entry.owner(),
                    Value.of(entry.time()));
            effects.add(new TableEffect.Whisper(link, store, true));
        }
        if (transfers.isOn(link)) {
            effects.add(new TableEffect.Perform(new Effect.AskRoom(link)));
        }
    }

    /** What a peer tells; why it was not done, if it was not. */
    private @Nullable Refusal take(Told told, Event.Received message, List<TableEffect> effects, Time now) {
        boolean isJoin = told.kind() == Told.Kind.JOIN;
        if (isJoin) {
            joinsReceived.incrementAndGet();
            arrivals.entry(message.link(), now);
        }
        if (told.time() - WINDOW > now.wallSeconds()) {
            return Refusal.AHEAD;
        }
        if (!told.hasShortOwner() || (!isJoin && !mayBeOwner(told, message))) {
            return Refusal.OWNER;
        }
        Ledger.Step step = ledger.apply(told, now);
        tell(step, effects);
        return step.refusal();
    }

    /** SYN-6. */
    private boolean mayBeOwner(Told told, Event.Received message) {
        Bytes owner = told.owner().bytes();
        if (owner.equals(self.id().bytes())) {
            return false;
        }
        Handshake peer = peers.get(message.link());
        boolean isBroadcast = message.type() == Opcode.BROADCAST.number();
        return isBroadcast || (peer != null && peer.id().bytes().equals(owner));
    }

    /** SYN-21. */
    private Outcome write(SyncCall call, Drafts drafts, List<TableEffect> effects, Time now) {
        TableEntry current = ledger.entries().get(call.key());
        if (!call.expected().matches(current)) {
            return new SyncOutcome.Stale(current);
        }
        Value value = call instanceof SyncCall.Put put ? put.value() : ((SyncCall.Merge) call).delta();
        boolean isDelta = call instanceof SyncCall.Merge;
        if (!isDelta && value.kind() == Value.Kind.NIL && current == null) {
            return new SyncOutcome.Written(null, null);
        }
        int subFlag = isDelta ? Opcode.DELTA.number() : Opcode.STORE.number();
        try {
            Optional<Draft> draft = drafts.broadcast(List.of(Value.of(subFlag), Value.of(call.key()), value));
            if (draft.isEmpty()) {
                return new Outcome.Failed(ErrorCode.LIMIT, "as many equal changes as max-time-raise allows");
            }
            Optional<Told> told = Told.change(
                    subFlag,
                    call.key().compact(),
                    value,
                    self.idValue(),
                    draft.get().time());
            return told.isEmpty()
                    ? new Outcome.Failed(ErrorCode.SHAPE, "a delta with an array or a map as a key")
                    : write(told.get(), draft.get(), effects, now);
        } catch (NotEncodableException refusal) {
            return new Outcome.Failed(refusal.code(), refusal.toString());
        }
    }

    private Outcome write(Told told, Draft draft, List<TableEffect> effects, Time now) {
        Ledger.Step step = ledger.apply(told, now);
        if (step.refusal() != null) {
            count(step.refusal());
            return failed(step.refusal(), ledger.entries().get(told.key()));
        }
        tell(step, effects);
        effects.add(new TableEffect.Broadcast(draft, step.after() == null ? thoseWhoCannotDelete() : Set.of()));
        return new SyncOutcome.Written(step.before(), step.after());
    }

    private Outcome failed(Refusal why, @Nullable TableEntry current) {
        if (why == Refusal.HELD && current != null) {
            return new SyncOutcome.Held(current, ledger.freeFrom(current));
        }
        return why == Refusal.SHAPE
                ? new Outcome.Failed(ErrorCode.SHAPE, "the value is no map")
                : new Outcome.Failed(ErrorCode.LIMIT, "max-key, max-value, max-entries or max-table-bytes");
    }

    /** SYN-20. */
    private Set<LinkId> thoseWhoCannotDelete() {
        Set<LinkId> links = new HashSet<>();
        peers.keySet().stream().filter(link -> lineage(link) == Lineage.JS2P).forEach(links::add);
        return links;
    }

    private Lineage lineage(LinkId link) {
        Handshake peer = peers.get(link);
        return peer == null ? Lineage.KIT : peer.lineage();
    }

    private static void tell(Ledger.Step step, List<TableEffect> effects) { // SYN-18
        if (step.after() != null) {
            tell(new SyncNews.Updated(step.after(), step.before()), effects);
        } else if (step.before() != null) {
            tell(new SyncNews.Deleted(step.before()), effects);
        }
    }

    private static void tellReady(boolean isReady, List<TableEffect> effects) {
        if (isReady) {
            tell(new SyncNews.Ready(), effects);
        }
    }

    private static void tell(SyncNews news, List<TableEffect> effects) {
        effects.add(new TableEffect.Perform(new Effect.TellTable(news)));
    }

    private void count(@Nullable Refusal why) {
        if (why != null) {
            refused.incrementAndGet(why.ordinal());
        }
    }
}
