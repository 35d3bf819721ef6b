package today.p2p.shell;

import java.util.concurrent.CompletableFuture;
import today.p2p.MeshNetwork;
import today.p2p.NetworkBuilder;
import today.p2p.Peer;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal.Style;

/** Tells of a node where it listens, and who comes and goes; nothing before the first. */
public final class Links {
    private final Output out;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    public Links(Output out) {
        this.out = out;
    }

    /** The builder of a node whose links are told of. */
    public <B extends NetworkBuilder<B>> B on(B builder) {
        return builder.onConnect(this::connected).onDisconnect(this::disconnected);
    }

    /**
     * The node has started.
     *
     * @param what it is part of, such as {@code network "mesh"}
     */
    public void listening(MeshNetwork network, String subnet, String what) {
        Address address = network.address();
        String id = network.id().text();
        out.say(
                "listening",
                "listening on " + HostPort.text(address) + ", " + what + "\nthis node is " + id,
                object -> object.put("id", id)
                        .put("host", address.host())
                        .put("port", address.port())
                        .put("subnet", subnet));
        listening.complete(null);
    }

    /** To be called before anything is told that happens to the node. */
    void await() {
        listening.join();
    }

    /** Tells it, after a while, when nobody answered where the options say. */
    public void whenAlone(JoinOptions join, MeshNetwork network) {
        join.whenAlone(
                network, why -> out.say("alone", out.paint(Style.FAINT, why), object -> object.put("detail", why)));
    }

    private void connected(Peer peer) {
        await();
        out.say("connected", out.paint(Style.GOOD, "+ ") + Output.shown(peer), object -> Output.fill(object, peer));
    }

    private void disconnected(Peer peer, CloseReason reason) {
        out.say(
                "disconnected",
                out.paint(Style.BAD, "- ") + Output.shortId(peer.id().text()) + ": " + Readable.line(reason.toString()),
                object -> {
                    object.put("id", peer.id().text())
                            .put("cause", reason.cause().name());
                    reason.errorCode().ifPresent(code -> object.put("error", code.name()));
                    object.put("detail", reason.detail());
                });
    }
}
