package today.p2p.shell;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.MeshNetwork;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;

/** Talks with whoever is in a network. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {"Talks with everybody who is in a Mesh Network. Type a line to say it to all.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by /quit, by the end of the input, or by an interrupt",
            "2:the command line is not understood",
            "3:the address to listen on cannot be had"
        },
        footerHeading = "%nIn the chat:%n",
        footer = {
            "  /who  /msg NAME TEXT  /name NAME  /connect HOST:PORT  /help  /quit",
            "",
            "Examples:",
            "  p2p chat --name ann --listen 0.0.0.0:4444",
            "  p2p chat --name bob --connect 192.0.2.7:4444",
            "",
            "A chat's broadcast is the list [\"p2p-chat\", kind, name, text]; nodes of other programs see that list, and"
                    + " what they broadcast is shown with their id."
        })
public final class ChatCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "What to be called. Default: your name on this machine.")
    private @Nullable String name;

    public ChatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        String called = name != null ? name.strip() : System.getProperty("user.name", "somebody");
        if (called.isEmpty()) {
            called = "somebody";
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "p2p-chat");
            thread.setDaemon(true);
            return thread;
        });
        try (ChatScreen screen = ChatScreen.on(terminal);
                MeshNetwork network =
                        JoinOptions.start(join.on(MeshNetwork.builder().subnet(join.subnet("mesh")))::start)) {
            ChatSession session = new ChatSession(network, screen, called, clock);
            network.onConnect(peer -> session.linked());
            network.onMessage(session::heard);
            clock.scheduleAtFixedRate(session::tick, 1, 1, TimeUnit.SECONDS);
            greet(screen, network, called);
            session.linked();
            String line = screen.read();
            while (line != null && session.typed(line)) {
                line = screen.read();
            }
            session.leave();
        } finally {
            clock.shutdownNow();
        }
        return ExitCode.OK;
    }

    private void greet(ChatScreen screen, MeshNetwork network, String called) {
        String address = HostPort.text(network.address());
        for (String line : List.of(
                "* you are " + ChatMessage.cut(called) + "; others join with: p2p chat --connect " + address,
                "* /help tells what else there is")) {
            screen.show(ChatOutput.Look.NOTICE, line);
        }
    }
}
