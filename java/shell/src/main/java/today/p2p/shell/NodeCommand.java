package today.p2p.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.MeshNetwork;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;

/** Joins a network, prints what happens, and does what it is told on standard input. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {"Joins a Mesh Network, prints what happens there, and does what it reads on standard input.", ""
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
            "  broadcast TEXT      to every node",
            "  whisper ID TEXT     to one node, wherever it is in the network",
            "  reply NUMBER TEXT   to the author of a message that was shown",
            "  broadcast-json [VALUES], whisper-json ID [VALUES], reply-json NUMBER [VALUES]",
            "                      send other things than one text; {\"$bin\": \"00ff\"} is binary",
            "  connect HOST:PORT, disconnect ID, peers, status, help, quit",
            "",
            "The end of a pipe or file is not the end of the node: it goes on until it is interrupted, or until"
                    + " --for.",
            "",
            "Examples:",
            "  p2p node --listen 0.0.0.0:4444",
            "  p2p node --connect 192.0.2.7:4444",
            "  echo broadcast hello | p2p node --connect 4444 --for 5s --json"
        })
public final class NodeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Option(names = "--json", description = "Print one JSON object for each event.")
    private boolean json;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "End after this time, such as 500ms, 30s or 10m. Default: never.")
    private @Nullable String lasts;

    public NodeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        @Nullable Duration most = lasts == null ? null : TimeText.read(lasts);
        NodeEvents events = json ? new NodeJson(terminal) : new NodeText(terminal);
        // Events wait until the first line, where the node listens, is printed.
        CompletableFuture<NodeSession> session = new CompletableFuture<>();
        MeshNetwork.Builder builder = join.on(MeshNetwork.builder().subnet(join.subnet("mesh")));
        builder.onConnect(peer -> {
            session.join();
            events.connected(peer);
        });
        builder.onDisconnect(events::disconnected);
        builder.onMessage(message -> session.join().came(message));
        try (MeshNetwork network = JoinOptions.start(builder::start)) {
            events.listening(network, join.subnet("mesh"));
            session.complete(new NodeSession(network, events));
            new InputLoop(terminal).run(session.join()::run, network::close, most);
        }
        events.closed();
        return ExitCode.OK;
    }
}
