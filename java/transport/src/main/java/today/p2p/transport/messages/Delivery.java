package today.p2p.transport.messages;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import today.p2p.transport.Connection;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;

/** Calls the hooks of one peer, in order, on the callback executor; called on the link's event loop. */
final class Delivery<M> {
    private final Links<M> links;
    private final LinkPeer<M> peer;
    private final Connection connection;
    private final Runnable hasRoom;
    private final Turns turns;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** @param hasRoom called when there is room again, on any thread, perhaps too often */
    Delivery(Links<M> links, LinkPeer<M> peer, Connection connection, Runnable hasRoom) {
        this.links = links;
        this.peer = peer;
        this.connection = connection;
        this.hasRoom = hasRoom;
        turns = links.turns();
    }

    void connected(Runnable then) {
        add(() -> {
            call(() -> links.settings().handler().connected(peer));
            links.call(then);
        });
    }

    void message(M message, int size) {
        messages.incrementAndGet();
        bytes.addAndGet(size);
        links.waiting().incrementAndGet();
        boolean isTaken = add(() -> {
            links.waiting().decrementAndGet();
            if (!peer.isStopped()) {
                peer.received();
                call(() -> links.settings().handler().message(peer, message));
            }
            messages.decrementAndGet();
            bytes.addAndGet(-size);
            if (hasRoom()) {
                hasRoom.run();
            }
        });
        if (!isTaken) {
            messages.decrementAndGet();
            bytes.addAndGet(-size);
            links.waiting().decrementAndGet();
        }
    }

    void disconnected(DisconnectReason reason) {
        boolean isTaken = add(() -> {
            links.call(() -> links.settings().handler().disconnected(peer, reason));
            links.finished();
        });
        if (!isTaken) {
            links.finished();
        }
    }

    boolean isFull() {
        return messages.get() >= links.settings().maxInboundMessages()
                || bytes.get() >= links.settings().maxInboundBytes();
    }

    // Half of the limit, so that reading does not start and stop with every message.
    boolean hasRoom() {
        return messages.get() <= links.settings().maxInboundMessages() / 2
                && bytes.get() <= links.settings().maxInboundBytes() / 2;
    }

    private void call(Runnable callback) {
        Throwable thrown = links.call(callback);
        if (thrown != null) {
            peer.stop();
            connection.abort(new DisconnectReason(Kind.HANDLER_FAILED, String.valueOf(thrown), thrown));
        }
    }

    private boolean add(Runnable task) {
        return turns.add(task);
    }
}
