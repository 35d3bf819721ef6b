package today.p2p.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.AddressText;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.ErrorCode;
import today.p2p.runtime.turns.Faults;

/**
 * One node that runs: its machines, and the threads, timers and sockets under them. Safe for use by several
 * threads. {@link #close} ends all that {@link #start} has begun.
 */
public final class NodeRuntime {
    private static final Outcome CLOSED = new Outcome.Failed(ErrorCode.ABSENT, "the node was closed");

    /** How much longer the end of all connections is waited for than they are given. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Self self;
    private final RuntimeOptions options;
    private final Wires wires;
    private final CallbackExecutor executor;
    private final Callbacks callbacks;
    private final Application application;
    private final Faults faults;
    private final NodeStage stage;
    private final KeptAddresses kept;
    private final AtomicReference<@Nullable CompletableFuture<Void>> closing = new AtomicReference<>();
    private volatile boolean hasEnded;

    private NodeRuntime(
            Self self, RuntimeOptions options, @Nullable Table table, Application application, Wires wires) {
        this.self = self;
        this.options = options;
        this.wires = wires;
        this.application = application;
        faults = new Faults();
        executor = CallbackExecutor.of(options.callbacks());
        callbacks = newCallbacks();
        AtomicReference<@Nullable KeptAddresses> watcher = new AtomicReference<>();
        stage = new NodeStage(
                self, options, table, new NodeStage.Parts(wires, callbacks, application, faults), effect -> {
                    KeptAddresses keeper = watcher.get();
                    if (keeper != null) {
                        keeper.see(effect);
                    }
                });
        kept = new KeptAddresses(stage, wires.home(), options);
        watcher.set(kept);
    }

    /**
     * Starts a node. Blocks until it listens, when it is to.
     *
     * @param table makes the table that the node holds; null when it has none
     * @param application hears of what the node does
     * @throws java.io.UncheckedIOException when the address to listen on cannot be had
     */
    public static NodeRuntime start(
            RuntimeOptions options, @Nullable Function<Self, Table> table, Application application) {
        return start(options, table, application, TransportWires.open(options));
    }

    static NodeRuntime start(
            RuntimeOptions options, @Nullable Function<Self, Table> table, Application application, Wires wires) {
        CompletableFuture<NodeRuntime> made = new CompletableFuture<>();
        try {
            // A link that comes before the node is there waits for it; the address has to be known to make it.
            Optional<Address> bound = options.listen().map(at -> wires.listen(at, () -> incoming(made)));
            Self self = self(options, bound);
            Table its = table == null ? null : table.apply(self);
            NodeRuntime runtime = new NodeRuntime(self, options, its, application, wires);
            made.complete(runtime);
            runtime.stage.execute(runtime.kept::start);
            return runtime;
        } catch (RuntimeException failed) {
            wires.close();
            throw failed;
        }
    }

    /** What the node says of itself; its address has the port that it listens on. */
    public Self self() {
        return self;
    }

    /** The peers as they were a moment ago, in the order of their links. */
    public List<Peer> peers() {
        return stage.snapshot().peers();
    }

    /** How the node is. */
    public NodeStatus status() {
        LinkTable links = stage.links();
        NodeStage.Snapshot snapshot = stage.snapshot();
        return new NodeStatus(
                snapshot.links(),
                snapshot.peers().size(),
                links.queuedBytes(),
                links.unhandledBytes(),
                stage.seenBroadcasts(),
                stage.openCalls(),
                links.counters().totals(faults.count()));
    }

    /**
     * Asks the node for something. The future is completed on the callback executor, and never fails but by
     * {@code cancel}, which gives a dial up and withdraws nothing else.
     *
     * @param call makes the call, given its number
     */
    public CompletableFuture<Outcome> call(LongFunction<Call> call) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        long number = stage.call(call, outcome -> complete(answer, outcome));
        if (hasEnded) {
            stage.refuse(CLOSED);
        }
        answer.whenComplete((outcome, failure) -> {
            if (failure instanceof CancellationException) {
                stage.cancel(number);
            }
        });
        return answer;
    }

    /** Another order of calls into the application, on the same executor. */
    public Callbacks newCallbacks() {
        return new Callbacks(executor, faults);
    }

    /** Reports what a callback threw that others are not to suffer from. */
    public void report(Throwable fault) {
        faults.report("a callback threw", fault);
    }

    /** Whether the calling thread is running a callback, which must not wait for {@link #close}. */
    public boolean isCallback() {
        return executor.isCaller();
    }

    /**
     * Ends the node: takes no more connections, closes all links after what was sent on them, makes the calls
     * into the application that are due, and ends threads, timers and ports. What takes longer than {@code
     * drainWithin} is cut off. The first call does it; all get the same future.
     */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (closing.compareAndSet(null, mine)) {
            Thread thread = new Thread(() -> end(mine), "p2p-closing");
            thread.setDaemon(true);
            thread.start();
        }
        CompletableFuture<Void> first = closing.get();
        return first == null ? mine : first.copy();
    }

    private static Wire.Events incoming(CompletableFuture<NodeRuntime> made) {
        NodeRuntime runtime = made.getNow(null);
        return runtime == null ? new LateLink(made.thenApply(NodeRuntime::newLink)) : runtime.newLink();
    }

    private Wire.Events newLink() {
        return stage.links().next(OptionalLong.empty());
    }

    private void complete(CompletableFuture<Outcome> answer, Outcome outcome) {
        try {
            // Not in the order of callbacks: one of them may be waiting for this very answer.
            executor.execute(() -> answer.complete(outcome));
        } catch (RejectedExecutionException refused) {
            answer.completeAsync(() -> outcome);
        }
    }

    private void end(CompletableFuture<Void> done) {
        try {
            try {
                endInOrder();
            } finally {
                executor.stop(options.drainWithin());
            }
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException failed) {
            faults.report("the node did not end in order", failed);
        }
        hasEnded = true;
        stage.end(CLOSED);
        done.complete(null);
    }

    private void endInOrder() throws InterruptedException, ExecutionException, TimeoutException {
        wires.stopListening();
        stage.execute(kept::stop);
        stage.cancelDials();
        CountDownLatch told = new CountDownLatch(1);
        stage.call(Call.Close::new, outcome -> told.countDown());
        await(told);
        await(stage.links().emptied());
        CountDownLatch heard = new CountDownLatch(1);
        stage.execute(() -> callbacks.end(application::closed, heard::countDown));
        await(heard);
        // With a peer that does not read, they use all the time that they have.
        wires.close().get(options.drainWithin().plus(SPARE).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void await(CountDownLatch latch) throws InterruptedException {
        // What is late is cut off by what follows.
        boolean inTime = latch.await(options.drainWithin().toNanos(), TimeUnit.NANOSECONDS);
        if (!inTime) {
            faults.late();
        }
    }

    private static Self self(RuntimeOptions options, Optional<Address> bound) {
        Address address = options.advertised()
                .map(asked -> asked.port() == 0 && bound.isPresent()
                        ? new Address(asked.host(), bound.get().port())
                        : asked)
                .or(() -> bound)
                .orElse(new Address("0.0.0.0", 0));
        RandomGenerator random = options.random();
        String salt = new UUID(random.nextLong(), random.nextLong()).toString();
        NodeId id = NodeId.of(AddressText.QUOTED.of(address.host(), address.port()), options.protocol(), salt);
        return new Self(id, options.protocol(), options.dialect(), address, options.codecs());
    }
}
