package today.p2p;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.TableNews;
import today.p2p.runtime.Application;
import today.p2p.runtime.Hold;
import today.p2p.runtime.NodeRuntime;

/** All who listen to one network; a listener that throws harms no other. */
final class Audience implements Application {
    private final MeshNetwork network;
    private final Listeners listeners;
    private final News news;
    private final MessagePublisher publisher = new MessagePublisher();
    private final CompletableFuture<NodeRuntime> runtime = new CompletableFuture<>();

    Audience(MeshNetwork network, Listeners listeners, News news) {
        this.network = network;
        this.listeners = listeners;
        this.news = news;
    }

    /** The network is made; calls that came before wait for this. */
    void runBy(NodeRuntime its) {
        publisher.runBy(its);
        runtime.complete(its);
    }

    Listeners listeners() {
        return listeners;
    }

    MessagePublisher publisher() {
        return publisher;
    }

    @Override
    public void on(Effect effect, Hold hold) {
        runtime.join();
        if (effect instanceof Effect.Deliver deliver) {
            deliver(new Message(deliver.delivery(), network), hold);
        } else if (effect instanceof Effect.PeerConnected connected) {
            Peer peer = peer(connected.peer());
            listeners.connects.all().forEach(listener -> guarded(() -> listener.accept(peer)));
        } else if (effect instanceof Effect.PeerDisconnected gone) {
            Peer peer = peer(gone.peer());
            listeners.disconnects.all().forEach(listener -> guarded(() -> listener.accept(peer, gone.reason())));
        } else if (effect instanceof Effect.TellTable told) {
            news.accept(told.news());
        }
    }

    @Override
    public boolean hears(TableNews told) {
        return news.isHeard(told);
    }

    @Override
    public void closed() {
        publisher.close();
        news.accept(null);
    }

    private void deliver(Message message, Hold hold) {
        for (MessageHandler handler : listeners.handlers.all()) {
            boolean[] isTaken = new boolean[1];
            guarded(() -> isTaken[0] = handler.handle(message));
            if (isTaken[0]) {
                return;
            }
        }
        publisher.publish(message, hold);
        listeners.messages.all().forEach(listener -> guarded(() -> listener.accept(message)));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable fault) {
            runtime.join().report(fault);
        }
    }

    private static Peer peer(PeerInfo info) {
        return new Peer(info.id(), info.address());
    }

    /** Who hears what the node's table tells. */
    interface News {
        /** In the order of all callbacks; null when nothing more will come. */
        void accept(@Nullable TableNews news);

        /** Whether anybody would hear that at this moment; on the node's thread. */
        default boolean isHeard(TableNews news) {
            return true;
        }
    }

    /**
     * Who is registered; with a builder before there is a network, so that nothing is missed.
     *
     * @param handlers who may take messages from the others
     */
    record Listeners(
            Registered<MessageHandler> handlers,
            Registered<Consumer<Message>> messages,
            Registered<Consumer<Peer>> connects,
            Registered<BiConsumer<Peer, CloseReason>> disconnects) {
        Listeners() {
            this(new Registered<>(), new Registered<>(), new Registered<>(), new Registered<>());
        }

        /** The same listeners, for one network of several. */
        Listeners copy() {
            return new Listeners(handlers.copy(), messages.copy(), connects.copy(), disconnects.copy());
        }
    }
}
