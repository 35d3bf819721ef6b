package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.EventLoop;

/** One link, on its event loop: handshake, then bytes to messages, and who is read from. */
final class PeerLink<M> implements ConnectionHandler {
    private final Links<M> links;
    private final Settings<M> settings;
    private final @Nullable CompletableFuture<Peer<M>> result;
    private final FrameCodec.Decoder<M> decoder;
    private final Inbound inbound = new Inbound();
    private @Nullable HandshakeBytes handshaking;
    private @Nullable LinkPeer<M> peer;
    private @Nullable Delivery<M> delivery;
    private EventLoop.@Nullable Timer frameTimer;
    private volatile @Nullable Connection connection;
    private volatile boolean isPaused;

    PeerLink(Links<M> links, @Nullable CompletableFuture<Peer<M>> result) {
        this.links = links;
        this.result = result;
        settings = links.settings();
        decoder = settings.codec().decoder();
    }

    @Override
    public boolean awaitsReady() {
        return settings.handshake() != null;
    }

    @Override
    public void connected(Connection up) {
        connection = up;
        Handshake handshake = settings.handshake();
        if (handshake == null) {
            open(up);
            return;
        }
        HandshakeBytes bytes = new HandshakeBytes(up, inbound, links::later);
        handshaking = bytes;
        links.later(() -> perform(handshake, bytes, up));
    }

    @Override
    public void received(Connection from, ByteBuffer bytes) {
        if (delivery != null) {
            decode(from, delivery, inbound.with(bytes));
        } else if (handshaking != null) {
            handshaking.received(bytes);
        }
    }

    @Override
    public void disconnected(Connection gone, DisconnectReason reason) {
        if (handshaking != null) {
            handshaking.end(reason);
        }
        if (peer != null && delivery != null) {
            links.closed(peer);
            delivery.disconnected(reason);
        } else if (result != null) {
            links.later(() -> result.completeExceptionally(failure(reason)));
        }
    }

    /** Nobody waits for it any more. */
    void cancel() {
        Connection up = connection;
        if (up != null) {
            up.abort(DisconnectReason.of(Kind.LOCAL, "the dial was cancelled"));
        }
    }

    private void perform(Handshake handshake, HandshakeBytes bytes, Connection up) {
        try {
            handshake.perform(bytes).whenComplete((done, thrown) -> {
                if (thrown == null) {
                    up.execute(() -> open(up));
                } else {
                    refuse(up, thrown);
                }
            });
        } catch (Throwable thrown) {
            refuse(up, thrown);
        }
    }

    private static void refuse(Connection up, Throwable thrown) {
        Throwable wrapped = thrown instanceof CompletionException ? thrown.getCause() : null;
        Throwable cause = wrapped == null ? thrown : wrapped;
        // What the handshake wrote last may say why.
        up.close(new DisconnectReason(Kind.HANDSHAKE_FAILED, String.valueOf(cause.getMessage()), cause));
    }

    private void open(Connection up) {
        if (!up.isOpen()) {
            return;
        }
        up.ready();
        handshaking = null;
        LinkPeer<M> opened = new LinkPeer<>(links, up);
        Delivery<M> deliveries = new Delivery<>(links, opened, up, () -> up.execute(() -> readOn(up)));
        peer = opened;
        delivery = deliveries;
        links.opened(opened);
        deliveries.connected(() -> {
            if (result != null && !result.complete(opened)) {
                cancel();
            }
        });
        up.resume();
        if (inbound.size() > 0) {
            decode(up, deliveries, inbound.kept());
        }
    }

    private void decode(Connection from, Delivery<M> deliveries, ByteBuffer bytes) {
        try {
            while (!isPaused && from.isOpen() && bytes.hasRemaining()) {
                int before = bytes.remaining();
                M message = decoder.next(bytes);
                if (message == null) {
                    break;
                }
                int size = before - bytes.remaining();
                if (size <= 0) {
                    throw new IllegalStateException("the decoder found a message and consumed nothing");
                }
                stopFrameTimer();
                deliveries.message(message, size);
                if (deliveries.isFull()) {
                    pause(from);
                }
            }
            inbound.keep(bytes);
            watchFrame(from);
        } catch (MalformedFrameException malformed) {
            from.close(new DisconnectReason(Kind.MALFORMED, String.valueOf(malformed.getMessage()), malformed));
        }
    }

    private void watchFrame(Connection from) {
        if (isPaused || inbound.size() == 0) {
            stopFrameTimer();
        } else if (inbound.size() >= settings.codec().maxFrameBytes()) {
            from.close(DisconnectReason.of(Kind.MALFORMED, "a frame above maxFrameBytes"));
        } else if (frameTimer == null) {
            frameTimer = from.schedule(() -> lateFrame(from), settings.frameDeadline());
        }
    }

    private void lateFrame(Connection from) {
        from.close(DisconnectReason.of(Kind.FRAME_TIMED_OUT, "not whole within " + settings.frameDeadline()));
    }

    private void stopFrameTimer() {
        if (frameTimer != null) {
            frameTimer.cancel();
            frameTimer = null;
        }
    }

    private void pause(Connection from) {
        from.pause();
        isPaused = true;
        // The handler may have made room before it could see that reading is paused.
        if (delivery != null && delivery.hasRoom()) {
            from.execute(() -> readOn(from));
        }
    }

    private void readOn(Connection from) {
        if (!isPaused || delivery == null || !delivery.hasRoom()) {
            return;
        }
        isPaused = false;
        decode(from, delivery, inbound.kept());
        if (!isPaused) {
            from.resume();
        }
    }

    private static DialFailedException failure(DisconnectReason reason) {
        DialFailedException.Kind kind = switch (reason.kind()) {
            case HANDSHAKE_TIMED_OUT -> DialFailedException.Kind.HANDSHAKE_TIMED_OUT;
            case TRANSPORT_CLOSED -> DialFailedException.Kind.CLOSED;
            case HANDSHAKE_FAILED,
                    LOCAL,
                    REMOTE,
                    IO_FAILURE,
                    WRITE_STALLED,
                    IDLE,
                    FRAME_TIMED_OUT,
                    MALFORMED,
                    LIMIT,
                    HANDLER_FAILED -> DialFailedException.Kind.HANDSHAKE_FAILED;
        };
        return new DialFailedException(kind, reason.detail(), reason.cause());
    }
}
