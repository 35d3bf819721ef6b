package today.p2p.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.link.Intake;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.Bytes;
import today.p2p.node.Node;
import today.p2p.runtime.turns.Baton;
import today.p2p.runtime.turns.Faults;
import today.p2p.runtime.turns.Inbox;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Opcode;

/**
 * The node stage: hands what links and application tell to the {@link Node}, one after the other, and performs the
 * effects in their order. Whoever does so has the {@link Baton}; what is said to be on the thread of this stage runs
 * there. That is the home loop, or the thread of a link that has told a few events while nothing else was handled.
 * {@link #tell}, {@link #told} and {@link #call} are for any thread.
 */
final class NodeStage implements LinkTable.Listener {
    /** What an event for the application counts in the bound on what is unhandled, in bytes. */
    private static final int NEWS = 1024;

    /** So many events that a link tells at once are handled by its own thread, when nothing else is being handled. */
    private static final int FEW = 4;

    private final Node node;
    private final LinkTable links;
    private final Wires wires;
    private final Callbacks callbacks;
    private final Application application;
    private final Faults faults;
    private final Baton baton;
    private final Inbox inbox;
    private final Copies copies;
    private final LargeFrames largeFrames;
    private final Turns turns;
    private final Alarm alarm;
    private final AtomicLong lastCall = new AtomicLong();
    private final Map<Long, Consumer<Outcome>> calls = new ConcurrentHashMap<>();
    private final Map<Long, DialUnderWay> dials = new HashMap<>();
    private final Consumer<Effect> watcher;
    private final Pace pace;
    private final Lock linksLock = new Lock();
    private final AtomicInteger seenBroadcasts = new AtomicInteger();

    /** @param watcher sees effects for the application on this stage's thread, before the application */
    NodeStage(Self self, RuntimeOptions options, @Nullable Table table, Parts parts, Consumer<Effect> watcher) {
        node = new Node(self, options.limits(), options.random(), table);
        wires = parts.wires();
        callbacks = parts.callbacks();
        application = parts.application();
        faults = parts.faults();
        this.watcher = watcher;
        baton = new Baton(wires.home()::execute);
        StageLoop home = new StageLoop(wires.home(), baton);
        copies = new Copies(options.limits(), home, options.clock(), this::goOn);
        largeFrames =
                LargeFrames.onOwnThread(faults, () -> options.clock().get().nanos(), wires.home());
        links = new LinkTable(self, options, faults, copies, largeFrames, this);
        inbox = new Inbox(baton, faults);
        turns = new Turns(
                baton,
                faults,
                copies.rule(options.limits()),
                () -> links.clock().get().nanos());
        pace = new Pace(home, options);
        links.begin(node::hasSeen, () -> inbox.add(pace::check));
        alarm = new Alarm(home, options.clock(), () -> handle(null, new Event.Tick()));
    }

    LinkTable links() {
        return links;
    }

    Snapshot snapshot() {
        return linksLock.whileHeld(() -> new Snapshot(List.copyOf(node.peers()), node.links()));
    }

    int seenBroadcasts() {
        return seenBroadcasts.get();
    }

    int openCalls() {
        return calls.size();
    }

    @Override
    public boolean tell(LinkStage link, Event event) {
        if (event instanceof Event.Received) {
            links.counters().received();
        }
        return turns.addAsleep(link.lane(), () -> handle(link, event));
    }

    @Override
    public void told(int events) {
        if (events <= FEW) {
            turns.wakeBy(baton::executeHere);
        } else {
            turns.wake();
        }
    }

    /**
     * Asks the node for something.
     *
     * @param ended takes the outcome, once, on this stage's thread
     * @return the number of the call
     */
    long call(LongFunction<Call> call, Consumer<Outcome> ended) {
        long number = lastCall.incrementAndGet();
        calls.put(number, ended);
        inbox.add(() -> admit(call.apply(number)));
        return number;
    }

    /** Lets a call in that sends something when there is room for it; the end of all comes after those. */
    private void admit(Call call) {
        Runnable handled = () -> handle(null, new Event.Called(call));
        if (call instanceof Call.Broadcast broadcast) {
            pace.admit(handled, Pace.bytes(broadcast.payload()), links.all());
        } else if (call instanceof Call.Whisper whisper) {
            pace.admit(handled, Pace.bytes(whisper.payload()), linksTo(whisper.to()));
        } else if (call instanceof Call.OnTable) {
            pace.admit(handled, 0, links.all());
        } else if (call instanceof Call.Close) {
            pace.admit(handled, 0, List.of());
        } else {
            handled.run();
        }
    }

    /** The link to a node, or all that ask for it when there is none. */
    private Collection<LinkStage> linksTo(Bytes id) {
        return node.peer(id)
                .flatMap(peer -> links.of(peer.link()))
                .<Collection<LinkStage>>map(List::of)
                .orElseGet(links::all);
    }

    /** Gives a dial up that this call has begun and that has not led to a peer. */
    void cancel(long call) {
        inbox.add(() -> {
            for (DialUnderWay dial : List.copyOf(dials.values())) {
                if (dial.call == call) {
                    dial.giveUp();
                }
            }
        });
    }

    /** Gives all dials up. */
    void cancelDials() {
        inbox.add(() -> List.copyOf(dials.values()).forEach(DialUnderWay::giveUp));
    }

    private void goOn() {
        turns.wake();
    }

    /** Runs a task on this stage's thread. */
    void execute(Runnable task) {
        inbox.add(task);
    }

    /** Ends with this outcome whatever call is still open: the stage will run no more. */
    void end(Outcome outcome) {
        inbox.stop();
        turns.stop();
        largeFrames.stop();
        refuse(outcome);
    }

    /** The same, for calls that came too late to be handled. */
    void refuse(Outcome outcome) {
        calls.keySet().forEach(number -> complete(number, outcome));
    }

    /** Handles an event; what that cost, in bytes that were looked at or sent. */
    private long handle(@Nullable LinkStage link, Event event) {
        long weight = event instanceof Event.Received received ? Intake.weight(received) : NEWS;
        long unhandled = event instanceof Event.Received ? weight : 0;
        boolean changesLinks =
                event instanceof Event.LinkUp || event instanceof Event.Greeted || event instanceof Event.LinkDown;
        List<Effect> effects = List.of();
        try {
            effects = changesLinks
                    ? linksLock.whileHeld(() -> node.on(event, links.clock().get()))
                    : node.on(event, links.clock().get());
        } catch (RuntimeException defect) {
            // Whatever this message was, its link reads on.
            faults.report("a defect of the node", defect);
        }
        if (changesLinks) {
            forget(link, event);
        } else if (event instanceof Event.DialFailed failed) {
            dials.remove(failed.dial());
        }
        long sends = 0;
        for (Effect effect : effects) {
            sends += effect instanceof Effect.Send ? 1 : 0;
            try {
                if (effect instanceof Effect.Deliver && link != null) {
                    long held = unhandled;
                    unhandled = 0;
                    deliver(effect, link, held);
                } else {
                    perform(effect, event);
                }
            } catch (RuntimeException defect) {
                // The others are performed, and the timer is set.
                faults.report("an effect of the node failed", defect);
            }
        }
        if (unhandled > 0 && link != null) {
            links.handled(link, unhandled);
        }
        // With each message, and whoever reads it can wait for a moment.
        seenBroadcasts.setRelease(node.seenBroadcasts());
        alarm.set(node.deadline());
        if (isBroadcast(event)) {
            copies.relayed(sends);
        }
        return weight * (1 + effects.size());
    }

    private void forget(@Nullable LinkStage link, Event event) {
        if (link != null && event instanceof Event.LinkDown) {
            links.counters().linkClosed();
            links.remove(link);
            link.dial().ifPresent(dials::remove);
        } else if (link != null && event instanceof Event.Greeted) {
            link.dial().ifPresent(dials::remove);
        }
    }

    private void perform(Effect effect, Event cause) {
        if (effect instanceof Effect.Send send) {
            boolean mayBeLate = isBroadcast(cause) && copies.mayBeLate();
            links.of(send.link()).ifPresent(link -> link.send(send.message(), send.isRepeatable(), mayBeLate));
        } else if (effect instanceof Effect.Close close) {
            links.of(close.link()).ifPresent(link -> link.close(close.reason()));
        } else if (effect instanceof Effect.Dial dial) {
            dial(dial, cause instanceof Event.Called called ? called.call().number() : 0);
        } else if (effect instanceof Effect.Complete complete) {
            complete(complete.call(), complete.outcome());
        } else if (effect instanceof Effect.AskRoom room) {
            links.of(room.link()).ifPresent(LinkStage::askRoom);
        } else if (!(effect instanceof Effect.TellTable told) || application.hears(told.news())) {
            announce(effect);
        }
    }

    private static boolean isBroadcast(Event event) {
        return event instanceof Event.Received received && received.type() == Opcode.BROADCAST.number();
    }

    private void deliver(Effect effect, LinkStage link, long weight) {
        links.counters().delivered();
        tell(effect, new Hold(() -> links.handled(link, weight)));
    }

    private void announce(Effect effect) {
        watcher.accept(effect);
        links.unhandled(NEWS);
        tell(effect, new Hold(() -> links.handled(NEWS)));
    }

    private void tell(Effect effect, Hold hold) {
        callbacks.add(() -> application.on(effect, hold), hold::release);
    }

    private void dial(Effect.Dial dial, long call) {
        LinkStage link = links.next(OptionalLong.of(dial.dial()));
        DialUnderWay begun = new DialUnderWay(call, link);
        dials.put(dial.dial(), begun);
        try {
            begun.takeBack = wires.dial(dial.address(), link);
        } catch (RuntimeException defect) {
            faults.report("a dial threw", defect);
            link.down(CloseReason.because(CloseReason.Cause.UNREACHABLE, "the dial failed"));
        }
    }

    private void complete(long call, Outcome outcome) {
        Consumer<Outcome> ended = calls.remove(call);
        if (ended != null) {
            ended.accept(outcome);
        }
    }

    /** What the rest of a runtime gives to this stage. */
    record Parts(Wires wires, Callbacks callbacks, Application application, Faults faults) {}

    /**
     * The node's links as they are when it is asked for.
     *
     * @param peers in the order of their links
     */
    record Snapshot(List<Peer> peers, int links) {}

    /** Held while links change: whoever asks copies them, and no link pays for all others as it comes and goes. */
    private static final class Lock {
        private final ReentrantLock lock = new ReentrantLock();

        <T> T whileHeld(Supplier<T> body) {
            lock.lock();
            try {
                return body.get();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A dial whose link has not shaken hands. */
    private static final class DialUnderWay {
        private final long call;
        private final LinkStage link;
        private Runnable takeBack = () -> {};

        DialUnderWay(long call, LinkStage link) {
            this.call = call;
            this.link = link;
        }

        void giveUp() {
            takeBack.run();
            link.close(CloseReason.because(CloseReason.Cause.LOCAL, "the dial was given up"));
        }
    }
}
