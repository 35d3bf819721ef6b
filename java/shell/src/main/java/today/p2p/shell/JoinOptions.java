package today.p2p.shell;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import today.p2p.MeshNetwork;
import today.p2p.NetworkBuilder;
import today.p2p.NotConnectedException;
import today.p2p.ids.Encryption;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.terminal.Complaint;

/** The options of every command that joins a network. */
public final class JoinOptions {
    /** How long one waits for a first link before it is worth a word. */
    public static final long PATIENCE_SECONDS = 4;

    @Option(
            names = {"-l", "--listen"},
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            defaultValue = "127.0.0.1:0",
            description = "Where others can dial this node, or a port alone; 0.0.0.0 is every address of this machine,"
                    + " port 0 any free one. Default: ${DEFAULT-VALUE}, so that other machines cannot.")
    private Address listen = new Address("127.0.0.1", 0);

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description = "Under which address others are told to reach this node, if not where it listens.")
    private @Nullable Address advertise;

    @Option(
            names = {"-c", "--connect"},
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description =
                    "A node of the network; a port alone is one of this machine. It is dialled again whenever the link to it is lost. Repeatable.")
    private List<Address> connect = new ArrayList<>();

    @Option(
            names = {"-s", "--subnet"},
            paramLabel = "TEXT",
            description = "The name of the network; nodes of another one refuse each other. Default: mesh, for tables"
                    + " sync and chord.")
    private @Nullable String subnet;

    @Option(
            names = "--encryption",
            paramLabel = "KIND",
            defaultValue = "plaintext",
            description = "plaintext or ssl: TLS with certificates that nobody checks. All nodes have the same."
                    + " Default: ${DEFAULT-VALUE}.")
    private Encryption encryption = Encryption.PLAINTEXT;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            defaultValue = "universal",
            description = "universal, binary (py2p 0.7.878 alone) or text (js2p, py2p up to 0.7.871). Default:"
                    + " ${DEFAULT-VALUE}, which all accept.")
    private Dialect dialect = Dialect.UNIVERSAL;

    @Option(
            names = "--limit",
            paramLabel = "NAME=NUMBER",
            description =
                    "Another value for a limit of protocol-spec/registry/limits.csv, such as max-links=4096. Repeatable.")
    private Map<String, Long> limits = new LinkedHashMap<>();

    @Option(
            names = "--timer",
            paramLabel = "NAME=TIME",
            description =
                    "Another value for a timer of protocol-spec/registry/timers.csv, such as ping-after=60s. Repeatable.")
    private Map<String, String> timers = new LinkedHashMap<>();

    /** The builder with all of these but the subnet. */
    public <B extends NetworkBuilder<B>> B on(B builder) {
        builder.encryption(encryption).dialect(dialect).listen(listen.host(), listen.port());
        if (advertise != null) {
            builder.advertise(advertise.host(), advertise.port());
        }
        for (Address address : connect) {
            if (address.port() == 0) {
                throw Complaint.usage("--connect needs a port, not 0");
            }
            builder.stayConnectedTo(address.host(), address.port());
        }
        limits.forEach((name, value) ->
                checked("--limit", () -> builder.limit(named(Limit.values(), Limit::registryName, name), value)));
        timers.forEach((name, value) -> checked(
                "--timer",
                () -> builder.timer(
                        named(Timer.values(), Timer::registryName, name), TimeText.read("--timer " + name, value))));
        return builder;
    }

    private static void checked(String option, Runnable set) {
        try {
            set.run();
        } catch (IllegalArgumentException e) {
            throw Complaint.usage(option + ": " + e.getMessage());
        }
    }

    /** Whether there is a node to dial. */
    public boolean dials() {
        return !connect.isEmpty();
    }

    /** Waits, as long as one has patience, until what was dialled is there; not when there is nobody to dial. */
    void awaitOthers(BooleanSupplier there) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (dials() && !there.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Says in a sentence, after a while, when there was a node to dial and no link has come of it. */
    public void whenAlone(MeshNetwork network, Consumer<String> told) {
        if (!dials()) {
            return;
        }
        String goesOn = "; it is dialled again and again";
        later(() -> {
            for (Address address : network.peers().isEmpty() ? connect : List.<Address>of()) {
                CompletableFuture<Optional<String>> reason = reason(network, address);
                reason.thenAccept(why -> why.ifPresent(known -> told.accept(known + goesOn)));
                later(() -> {
                    if (!reason.isDone()) {
                        told.accept(notYet(address) + goesOn);
                    }
                });
            }
        });
    }

    /** Why there is no link to the nodes that are dialled; empty when there is one to each, or nobody to dial. */
    public String whyAlone(MeshNetwork network) {
        return connect.stream()
                .map(address -> reason(network, address)
                        .completeOnTimeout(Optional.of(notYet(address)), PATIENCE_SECONDS, TimeUnit.SECONDS))
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    /** Dials once more: what came of the dials before, nobody has been told. Empty when it led to a link. */
    private static CompletableFuture<Optional<String>> reason(MeshNetwork network, Address address) {
        return network.connect(address.host(), address.port())
                .handle((peer, failure) -> failure instanceof NotConnectedException known
                                // The node was closed meanwhile.
                                && known.reason().cause() != CloseReason.Cause.LOCAL
                        ? Optional.of(String.valueOf(known.getMessage()))
                        : Optional.empty());
    }

    private static String notYet(Address address) {
        return "no link to " + HostPort.text(address) + " yet";
    }

    private static void later(Runnable task) {
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(task);
    }

    /** Starts the network, or says in one sentence why it cannot. */
    public static <N> N start(Supplier<N> network) {
        try {
            return network.get();
        } catch (UncheckedIOException e) {
            Throwable cause = e.getCause();
            throw Complaint.missing(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
        }
    }

    private static <T> T named(T[] all, Function<T, String> nameOf, String name) {
        return Arrays.stream(all)
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no '" + name + "'; there are "
                        + Arrays.stream(all).map(nameOf).collect(Collectors.joining(", "))));
    }

    /** The name of the network, or the one that its kind has. */
    public String subnet(String standard) {
        return subnet == null ? standard : subnet;
    }
}
