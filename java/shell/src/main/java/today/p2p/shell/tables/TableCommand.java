package today.p2p.shell.tables;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.ChordTable;
import today.p2p.SyncTable;
import today.p2p.shell.InputLoop;
import today.p2p.shell.JoinOptions;
import today.p2p.shell.Links;
import today.p2p.shell.Output;
import today.p2p.shell.RunOptions;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;

/** A shell on a Sync Table or a Chord Table. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Joins a table of a network, and does what it reads on standard input.",
            "",
            "A Sync Table (--sync) is a dictionary that every node holds: what one node puts, all read; a key that someone"
                    + " wrote is theirs for an hour. A Chord Table (--chord) is spread over the nodes that have joined: each"
                    + " key has five positions on one ring, and a read takes what three of five say.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by quit, by --for, or by a person: the end of the input, or an interrupt",
            "2:the command line is not understood",
            "3:the address to listen on cannot be had",
            "130:interrupted while the input is a pipe or a file; its links were closed in order"
        },
        footerHeading = "%nOn standard input, one command a line; with --sync:%n",
        footer = {
            SyncShell.HELP,
            "",
            "With --chord:",
            ChordShell.HELP,
            "",
            "The end of a pipe or file is not the end of the node: it goes on until it is interrupted, or until --for.",
            "",
            "Examples:",
            "  p2p table --sync --listen 0.0.0.0:4444",
            "  echo put greeting hello | p2p table --sync --connect 4444 --for 5s",
            "  p2p table --chord --connect 192.0.2.7:4444"
        })
public final class TableCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JoinOptions join = new JoinOptions();

    @ArgGroup(multiplicity = "1")
    private Kind kind = new Kind();

    /** One of the two. */
    private static final class Kind {
        @Option(names = "--sync", required = true, description = "A Sync Table.")
        private boolean sync;

        @Option(names = "--chord", required = true, description = "A Chord Table.")
        private boolean chord;
    }

    @Option(
            names = "--no-leasing",
            description = "Of a Sync Table: keys belong to nobody, the latest write counts. Networks with and without"
                    + " leasing never meet.")
    private boolean noLeasing;

    @Option(
            names = "--leech",
            description = "Of a Chord Table: hold no part of it, only read and write; 'join' takes a place later."
                    + " Otherwise it joins at the start, and leaves in order at the end.")
    private boolean leech;

    @Mixin
    private RunOptions running = new RunOptions();

    public TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (kind.chord && noLeasing || kind.sync && leech) {
            throw Complaint.usage(kind.chord ? "--no-leasing goes with --sync" : "--leech goes with --chord");
        }
        return running.run(terminal, kind.chord ? this::chord : this::sync);
    }

    private void sync(Output out, Links links, InputLoop input, @Nullable Duration most) throws InterruptedException {
        String subnet = join.subnet("sync");
        SyncTable.Builder builder =
                links.on(join.on(SyncTable.builder().subnet(subnet).leasing(!noLeasing)));
        try (SyncTable<String> table = JoinOptions.start(builder::start)) {
            SyncShell shell = new SyncShell(table, out);
            String leasing = (noLeasing ? "without" : "with") + " leasing";
            links.listening(table.network(), subnet, "Sync Table \"" + Readable.line(subnet) + "\" " + leasing);
            CompletableFuture<Void> told = table.ready().thenRun(shell::ready);
            links.whenAlone(join, table.network());
            input.awaiting(join, told::isDone).run(shell::run, table::close, most);
        }
    }

    private void chord(Output out, Links links, InputLoop input, @Nullable Duration most) throws InterruptedException {
        String subnet = join.subnet("chord");
        ChordTable.Builder builder = links.on(join.on(ChordTable.builder().subnet(subnet)));
        try (ChordTable<String> table = JoinOptions.start(builder::start)) {
            ChordShell shell = new ChordShell(table, subnet, out);
            links.listening(table.network(), subnet, "Chord Table \"" + Readable.line(subnet) + "\"");
            if (!leech) {
                shell.join();
            }
            links.whenAlone(join, table.network());
            input.awaiting(join, shell::seesOthers).run(shell::run, () -> interrupted(shell, table), most);
            shell.leaveIfJoined();
        }
    }

    private static void interrupted(ChordShell shell, ChordTable<String> table) {
        shell.leaveIfJoined();
        table.close();
    }
}
