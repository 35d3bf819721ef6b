package today.p2p.shell.chat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import today.p2p.MeshNetwork;
import today.p2p.shell.HostPort;
import today.p2p.shell.InputLoop;
import today.p2p.shell.JoinOptions;
import today.p2p.shell.Screen;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;

/** Talks with whoever is in a network. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {"Talks with everybody who is in a Mesh Network. Type a line to say it to all.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by /quit, by the end of the input, or by an interrupt at a terminal",
            "2:the command line is not understood",
            "3:the address to listen on cannot be had",
            "130:interrupted while the input is a pipe or a file"
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
            description = "What to be called, in one word. Default: your name on this machine.")
    private @Nullable String name;

    public ChatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        String called = called();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "p2p-chat");
            thread.setDaemon(true);
            return thread;
        });
        CompletableFuture<ChatSession> session = new CompletableFuture<>();
        CompletableFuture<Void> linked = new CompletableFuture<>();
        MeshNetwork.Builder builder = join.on(MeshNetwork.builder().subnet(join.subnet("mesh")))
                .onConnect(peer -> {
                    session.join().linked();
                    linked.complete(null);
                })
                .onMessage(message -> session.join().heard(message));
        try (Screen screen = Screen.on(terminal, false);
                MeshNetwork network = JoinOptions.start(builder::start)) {
            Chat chat = new Chat(network.id().text(), called, join.dials(), ChatSession.now());
            ChatSession here = new ChatSession(network, screen, terminal, chat, clock);
            greet(here, network, called);
            session.complete(here);
            clock.scheduleAtFixedRate(here::tick, 1, 1, TimeUnit.SECONDS);
            join.whenAlone(network, why -> here.show(ChatOutput.Look.NOTICE, "* " + why));
            new InputLoop(terminal, screen, true)
                    .awaiting(join, linked::isDone)
                    .run(here::typed, interrupted(here, network), null);
            here.leave();
        } finally {
            clock.shutdownNow();
        }
        return ExitCode.OK;
    }

    private static Runnable interrupted(ChatSession session, MeshNetwork network) {
        return () -> {
            session.leave();
            network.close();
        };
    }

    private String called() {
        if (name == null) {
            String own = System.getProperty("user.name", "").strip().replaceAll("\\s+", "_");
            return own.isEmpty() ? "somebody" : own;
        }
        String chosen = name.strip();
        if (chosen.isEmpty() || !chosen.equals(ChatMessage.cut(chosen)) || chosen.matches("(?s).*\\s.*")) {
            throw Complaint.usage("--name needs one word of at most " + ChatMessage.MAX_NAME + " characters");
        }
        return chosen;
    }

    private void greet(ChatSession session, MeshNetwork network, String called) {
        for (String line : List.of(
                "* you are " + Readable.line(ChatMessage.cut(called)) + "; others "
                        + HostPort.invitation("p2p chat --connect", network.address()),
                "* /help shows what else there is")) {
            session.show(ChatOutput.Look.NOTICE, line);
        }
    }
}
