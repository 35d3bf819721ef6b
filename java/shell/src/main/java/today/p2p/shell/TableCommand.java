package today.p2p.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.SyncTable;
import today.p2p.kernel.Address;
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
            "0:ended by quit, by --for, or by the end of a person's input",
            "2:the command line is not understood",
            "3:the address to listen on cannot be had",
            "130:interrupted; its links were closed in order"
        },
        footerHeading = "%nOn standard input, one command a line:%n",
        footer = {
            "  put KEY TEXT, put-json KEY VALUE, get KEY, del KEY",
            "  delta KEY {\"FIELD\": VALUE}   merges fields into a value that is a map",
            "  lease KEY                    who owns it, and from when on others may write it",
            "  keys [PREFIX], watch, unwatch, stats, peers, connect HOST:PORT, help, quit",
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

    @Option(names = "--json", description = "Print one JSON object for each event.")
    private boolean json;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "End after this time, such as 500ms, 30s or 10m. Default: never.")
    private @Nullable String lasts;

    public TableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        @Nullable Duration most = lasts == null ? null : TimeText.read(lasts);
        TableOutput out = new TableOutput(terminal, json);
        SyncTable.Builder builder =
                join.on(SyncTable.builder().subnet(join.subnet("sync")).leasing(!noLeasing));
        try (SyncTable<String> table = JoinOptions.start(builder::start)) {
            Address address = table.network().address();
            String id = table.network().id().text();
            out.say(
                    "listening",
                    "listening on " + HostPort.text(address) + ", table \"" + Readable.line(join.subnet("sync")) + "\" "
                            + (noLeasing ? "without" : "with") + " leasing\nthis node is " + id,
                    object -> object.put("id", id).put("host", address.host()).put("port", address.port()));
            table.ready().thenRun(() -> {
                int keys = table.size();
                out.say(
                        "ready",
                        "all entries of one peer have come: " + keys + (keys == 1 ? " key" : " keys"),
                        object -> object.put("keys", keys));
            });
            new InputLoop(terminal).run(new SyncSession(table, out)::run, table::close, most);
        }
        out.say("closed", "closed", object -> {});
        return ExitCode.OK;
    }
}
