package today.p2p.shell.tables;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.ChordTable;
import today.p2p.chord.Ring;
import today.p2p.shell.InputLoop;
import today.p2p.shell.JoinOptions;
import today.p2p.shell.Output;
import today.p2p.shell.RunOptions;
import today.p2p.shell.Screen;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;

/** Draws the ring of a Chord Table. */
@Command(
        name = "ring",
        mixinStandardHelpOptions = true,
        description = {
            "Links to a Chord Table and draws its ring as this node sees it: who has joined and where, which arc each owns,"
                    + " who is a neighbour and who a long link, and what is held here.",
            "",
            "It sees those that it has links to. It holds no part itself, unless --join.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:drawn; with --watch: ended by quit, by --for, or by the end of a person's input",
            "1:nobody has joined",
            "2:the command line is not understood",
            "3:nobody answers, or the address to listen on cannot be had",
            "130:interrupted"
        },
        footerHeading = "%nThe drawing:%n",
        footer = {
            "  Places grow clockwise from 0 on top. @ is this node, and # the arc that it owns: every",
            "  position of a key there is its own to hold. Letters are the others, in the order of",
            "  the list.",
            "",
            "Examples:",
            "  p2p ring --connect 192.0.2.7:4444",
            "  p2p ring --connect 4444 --join --watch",
            "  p2p ring --connect 4444 --json --watch --for 1m"
        })
public final class RingCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 250;
    /** A ring is drawn when it has been the same for so many looks. */
    private static final int SETTLED = 4;

    private final Terminal terminal;

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Mixin
    private RunOptions running = new RunOptions();

    @Option(names = "--join", description = "Take a place on the ring, and hold a part of the table.")
    private boolean joins;

    @Option(names = "--watch", description = "Go on, and draw it again whenever it has changed.")
    private boolean watch;

    public RingCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        @Nullable Duration most = running.most();
        if (!joins && !watch && !join.dials()) {
            throw Complaint.usage("--connect HOST:PORT is needed: a node of the ring");
        }
        Screen screen = Screen.plain(terminal);
        Output out = running.output(terminal, screen);
        ChordTable.Builder builder = join.on(ChordTable.builder().subnet(subnet()));
        try (ChordTable<String> table = JoinOptions.start(builder::start)) {
            if (joins) {
                table.join().join();
            }
            int exit = watch ? watch(table, out, screen, most) : once(table, out, most);
            leave(table);
            return exit;
        }
    }

    /** Draws it when it has settled, or as it is when it does not. */
    private int once(ChordTable<String> table, Output out, @Nullable Duration most) throws InterruptedException {
        long until = System.nanoTime()
                + (most == null ? TimeUnit.SECONDS.toNanos(2 * JoinOptions.PATIENCE_SECONDS) : most.toNanos());
        Ring seen = table.ring();
        int same = 0;
        while (same < SETTLED && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            Ring now = table.ring();
            same = now.equals(seen) && !isAlone(now) ? same + 1 : 0;
            seen = now;
        }
        String why = table.network().peers().isEmpty() ? join.whyAlone(table.network()) : "";
        if (!why.isEmpty()) {
            throw Complaint.missing(why);
        }
        RingDrawing.say(out, seen, subnet());
        return seen.seats().isEmpty() ? ExitCode.MALFORMED : ExitCode.OK;
    }

    private boolean isAlone(Ring ring) {
        return join.dials() && ring.seats().size() <= (joins ? 1 : 0);
    }

    private int watch(ChordTable<String> table, Output out, Screen screen, @Nullable Duration most)
            throws InterruptedException {
        join.whenAlone(table.network(), why -> out.say("alone", why, object -> object.put("detail", why)));
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "p2p-ring");
            thread.setDaemon(true);
            return thread;
        });
        try {
            AtomicReference<@Nullable Ring> shown = new AtomicReference<>();
            looks.scheduleWithFixedDelay(
                    () -> {
                        Ring now = table.ring();
                        if (!now.equals(shown.getAndSet(now))) {
                            clear();
                            RingDrawing.say(out, now, subnet());
                        }
                    },
                    0,
                    LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
            new InputLoop(terminal, screen, false)
                    .run(line -> !"quit".equals(line.strip()), () -> interrupted(table), most);
        } finally {
            looks.shutdownNow();
        }
        return ExitCode.OK;
    }

    /** A person sees one picture that changes. */
    private void clear() {
        if (terminal.interactive() && terminal.colour()) {
            terminal.out().print("\u001b[H\u001b[2J");
        }
    }

    private static void interrupted(ChordTable<String> table) {
        leave(table);
        table.close();
    }

    private static void leave(ChordTable<String> table) {
        if (table.isJoined()) {
            table.leave().exceptionally(closed -> 0).join();
        }
    }

    private String subnet() {
        return join.subnet("chord");
    }
}
