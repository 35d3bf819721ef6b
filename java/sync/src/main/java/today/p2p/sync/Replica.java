package today.p2p.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.kernel.Drafts;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
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
    private final Neighbours neighbours = new Neighbours();
    private final Refusals refusals = new Refusals();
    private final OwnChanges own;
    private final AtomicLong joinsReceived = new AtomicLong();

    /** An empty replica. */
    public Replica(Self self, boolean leasing, NodeLimits limits) {
        this.self = self;
        ledger = new Ledger(leasing, limits);
        transfers = new Transfers(ledger.entries(), limits);
        arrivals = new Arrivals(limits);
        own = new OwnChanges(self, ledger, neighbours, refusals);
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
        Entries entries = ledger.entries();
        return new SyncStats(
                entries.count(),
                entries.cost(),
                ledger.deletions(),
                joinsReceived.get(),
                transfers.sent(),
                transfers.count(),
                refusals.figures());
    }

    @Override
    public List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        neighbours.add(link, peer);
        if (!arrivals.isReady()) {
            arrivals.begin(link, now);
            effects.add(question(link));
        }
        transfers.begin(link, peer.lineage(), now);
        sendPortion(link, effects, now);
        return effects;
    }

    @Override
    public List<TableEffect> left(LinkId link, Time now) {
        neighbours.remove(link);
        transfers.end(link);
        arrivals.end(link);
        return List.of();
    }

    @Override
    public List<TableEffect> hasRoom(LinkId link, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        sendPortion(link, effects, now);
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
            if (arrivals.list(message.link())) {
                effects.add(Ledger.Step.news(new SyncNews.Ready()));
            }
            if (transfers.answered(message.link())) {
                effects.add(askRoom(message.link()));
            }
        } else if (message.subFlag() == Opcode.STORE.number() || message.subFlag() == Opcode.DELTA.number()) {
            Optional<Told> told = Told.read(message);
            Refusal why = told.isEmpty() ? Refusal.SHAPE : take(told.get(), message, effects, now);
            refusals.count(why);
        }
        return effects;
    }

    @Override
    public boolean mayRelay(Event.Received message, LinkId to) { // SYN-20, SYN-23
        if (message.subFlag() != Opcode.STORE.number() && message.subFlag() != Opcode.DELTA.number()) {
            return true;
        }
        Optional<Told> read = neighbours.isKit(to) ? Optional.empty() : Told.read(message);
        return read.isEmpty()
                || neighbours.bears(
                        to, read.get(), ledger.entries().get(read.get().key()) != null);
    }

    @Override
    public List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now) {
        List<TableEffect> effects = new ArrayList<>();
        if (call instanceof SyncCall known) {
            Outcome outcome = own.write(known, drafts, effects, now);
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
        if (arrivals.tick(now)) {
            effects.add(Ledger.Step.news(new SyncNews.Ready()));
        }
        transfers.silent(now).forEach(link -> effects.add(askRoom(link)));
        return effects;
    }

    @Override
    public OptionalLong deadline() {
        OptionalLong quiet = arrivals.deadline();
        OptionalLong portion = transfers.deadline();
        if (quiet.isEmpty() || portion.isEmpty()) {
            return quiet.isEmpty() ? portion : quiet;
        }
        return portion.getAsLong() - quiet.getAsLong() < 0 ? portion : quiet;
    }

    @Override
    public List<TableEffect> close() {
        transfers.endAll();
        neighbours.clear();
        return List.of();
    }

    /** SYN-13, SYN-15, SYN-24. */
    private void sendPortion(LinkId link, List<TableEffect> effects, Time now) {
        List<TableEntry> portion = transfers.next(link, now);
        for (TableEntry entry : portion) {
            if (!neighbours.bears(link, entry)) {
                continue;
            }
            List<Value> store = List.of(
                    Value.of(Opcode.STORE.number()),
                    Value.of(entry.key()),
                    entry.value(),
                    entry.owner(),
                    Value.of(entry.time()));
            effects.add(new TableEffect.Whisper(link, store, true));
        }
        if (!portion.isEmpty() && transfers.isOn(link)) {
            effects.add(transfers.awaitsAnswer(link) ? question(link) : askRoom(link));
        }
    }

    /** Whoever answers it has read all before it (SYN-17, SYN-24). */
    private static TableEffect question(LinkId link) {
        return new TableEffect.Whisper(link, List.of(Value.of(Opcode.REQUEST.number()), Value.of(ASTERISK)), false);
    }

    private static TableEffect askRoom(LinkId link) {
        return new TableEffect.Perform(new Effect.AskRoom(link));
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
        step.tell(effects);
        return step.refusal();
    }

    /** SYN-6. */
    private boolean mayBeOwner(Told told, Event.Received message) {
        Bytes owner = told.owner().bytes();
        if (owner.equals(self.id().bytes())) {
            return false;
        }
        return message.type() == Opcode.BROADCAST.number() || neighbours.is(message.link(), owner);
    }
}
