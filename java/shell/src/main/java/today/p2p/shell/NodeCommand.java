package today.p2p.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import today.p2p.MeshNetwork;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;

/** Joins a network, prints what happens, and does what it is told on standard input. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {"Joins a Mesh Network, prints what happens there, and does what it reads on standard input.", ""
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
            NodeShell.HELP,
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

    @Mixin
    private RunOptions running = new RunOptions();

    public NodeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return running.run(terminal, this::node);
    }

    private void node(Output out, Links links, InputLoop input, @Nullable Duration most) throws InterruptedException {
        CompletableFuture<NodeShell> shell = new CompletableFuture<>();
        String subnet = join.subnet("mesh");
        MeshNetwork.Builder builder = links.on(join.on(MeshNetwork.builder().subnet(subnet)))
                .onMessage(message -> {
                    links.await();
                    shell.join().came(message);
                });
        try (MeshNetwork network = JoinOptions.start(builder::start)) {
            shell.complete(new NodeShell(network, out));
            links.listening(network, subnet, "network \"" + Readable.line(subnet) + "\"");
            links.whenAlone(join, network);
            input.awaiting(join, () -> !network.peers().isEmpty()).run(shell.join()::run, network::close, most);
        }
    }
}
