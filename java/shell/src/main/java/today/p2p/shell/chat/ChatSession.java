package today.p2p.shell.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.kernel.Address;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;
import today.p2p.shell.HostPort;
import today.p2p.shell.Screen;
import today.p2p.shell.chat.ChatMessage.Kind;
import today.p2p.shell.chat.ChatOutput.Look;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;

/** A chat in a network: does what the machine wants. All of the machine's work is done on one thread. */
final class ChatSession {
    private final MeshNetwork network;
    private final Screen screen;
    private final Terminal terminal;
    private final Executor thread;
    private final Chat chat;

    private volatile boolean over;

    ChatSession(MeshNetwork network, Screen screen, Terminal terminal, Chat chat, Executor thread) {
        this.network = network;
        this.screen = screen;
        this.terminal = terminal;
        this.thread = thread;
        this.chat = chat;
    }

    /** A line was typed; false when the person wants to go. */
    boolean typed(String line) {
        return CompletableFuture.supplyAsync(() -> perform(chat.typed(line)), thread)
                .join();
    }

    void heard(Message message) {
        String sender = message.sender();
        List<Value> values = message.values();
        onThread(() -> chat.heard(sender, values, now()));
    }

    void linked() {
        onThread(chat::linked);
    }

    /** On the chat's own thread, about every second. */
    void tick() {
        perform(chat.tick(now()));
    }

    /** Says good-bye, and waits for a moment until it has left. */
    void leave() {
        over = true;
        CompletableFuture<?> left = CompletableFuture.supplyAsync(
                        () -> chat.leave().payload(), thread)
                .thenCompose(values -> network.broadcastValues(Opcode.BROADCAST.number(), values));
        left.completeOnTimeout(null, 1, TimeUnit.SECONDS)
                .exceptionally(failure -> null)
                .join();
    }

    private void onThread(Supplier<List<ChatOutput>> work) {
        if (!over) {
            thread.execute(() -> perform(work.get()));
        }
    }

    private boolean perform(List<ChatOutput> outputs) {
        boolean goesOn = true;
        for (ChatOutput output : outputs) {
            if (output instanceof ChatOutput.Show show) {
                show(show.look(), show.line());
            } else if (output instanceof ChatOutput.ToAll toAll) {
                toAll(toAll.message());
            } else if (output instanceof ChatOutput.ToOne toOne) {
                tell(network.whisper(toOne.id(), toOne.message().payload().toArray()));
            } else if (output instanceof ChatOutput.Connect connect) {
                connect(connect.address());
            } else {
                goesOn = false;
            }
        }
        return goesOn;
    }

    /** Shows a line of which all is harmless. */
    void show(Look look, String line) {
        screen.show(
                switch (look) {
                    case SAID -> line;
                    case PRIVATE -> terminal.paint(Style.STRONG, line);
                    case NOTICE -> terminal.paint(Style.FAINT, line);
                    case MISTAKE -> terminal.paint(Style.BAD, line);
                });
    }

    private void toAll(ChatMessage message) {
        tell(network.broadcastValues(Opcode.BROADCAST.number(), message.payload())
                .thenAccept(sent -> {
                    if (sent.links() == 0 && message.kind() == Kind.SAY) {
                        show(Look.NOTICE, "* nobody has heard that: there is no link");
                    }
                }));
    }

    private void connect(String text) {
        try {
            Address address = new HostPort().convert(text);
            tell(network.connect(address.host(), address.port()));
        } catch (TypeConversionException | IllegalArgumentException e) {
            show(Look.MISTAKE, Readable.line(String.valueOf(e.getMessage())));
        }
    }

    private void tell(CompletableFuture<?> outcome) {
        outcome.whenComplete((done, failure) -> {
            if (failure != null && !over) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                String why = String.valueOf(cause == null ? failure : cause.getMessage());
                show(Look.MISTAKE, Readable.line(why));
            }
        });
    }

    /** The time of chats. */
    static long now() {
        return System.nanoTime() / 1_000_000_000L;
    }
}
