package today.p2p.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.SyncTable;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;

/** A shell on a table that all nodes of a network share. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Joins a Sync Table: a dictionary that every node of a network holds. What one node puts, all read; a key that"
                    + " someone wrote is theirs for an hour.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by quit, by --for, or by a person: the end of the input, or an interrupt",
            "2:the command line is not understood",
            "3:the address to listen on cannot be had",
            "130:interrupted while the input is a pipe or a file; its links were closed in order"
        },
        footerHeading = "%nOn standard input, one command a line:%n",
        footer = {
            SyncShell.HELP,
            "",
            "The end of a pipe or file is not the end of the node: it goes on until it is interrupted, or until --for.",
            "",
            "Examples:",
            "  p2p table --sync --listen 0.0.0.0:4444",
            "  echo put greeting hello | p2p table --sync --connect 4444 --for 5s"
        })
public final class TableCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Option(names = "--sync", required = true, description = "A Sync Table.")
    private boolean sync;

    @Option(
            names = "--no-leasing",
            description =
                    "Keys belong to nobody: the latest write counts. Networks with and without leasing never meet.")
    private boolean noLeasing;

    @Mixin
    private RunOptions running = new RunOptions();

    public TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        @Nullable Duration most = running.most();
        try (Screen screen = Screen.on(terminal, true)) {
            Output out = running.output(terminal, screen);
            Links links = new Links(out);
            String subnet = join.subnet("sync");
            SyncTable.Builder builder =
                    links.on(join.on(SyncTable.builder().subnet(subnet).leasing(!noLeasing)));
            try (SyncTable<String> table = JoinOptions.start(builder::start)) {
                SyncShell shell = new SyncShell(table, out);
                links.listening(
                        table.network(),
                        subnet,
                        "table \"" + Readable.line(subnet) + "\" " + (noLeasing ? "without" : "with") + " leasing");
                table.ready().thenRun(shell::ready);
                links.whenAlone(join, table.network());
                new InputLoop(terminal, screen, false).run(shell::run, table::close, most);
            }
            out.say("closed", "closed", object -> {});
        }
        return ExitCode.OK;
    }
}
