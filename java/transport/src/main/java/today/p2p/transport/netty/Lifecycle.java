package today.p2p.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.EventLoop;

/** What happens to one connection, in order; all of it on the connection's event loop. */
final class Lifecycle {
    private enum Phase {
        PREPARING,
        UP,
        ENDED
    }

    private final Hub hub;
    private final Opening opening;
    private final Channel channel;
    private final NettyConnection connection;
    private final ConnectionHandler handler;
    private final NettyLoop loop;
    private final Outbound outbound;
    private final Intake intake;
    private final boolean awaitsReady;
    // Written by the loop, read by anyone.
    private volatile long upAt = System.nanoTime();
    private volatile long heardAt = upAt;
    private volatile long bytesIn;
    private volatile long bytesOut;
    private Phase phase = Phase.PREPARING;
    private @Nullable Ending ending;
    private EventLoop.@Nullable Timer handshakeTimer;
    private EventLoop.@Nullable Timer idleTimer;

    Lifecycle(Hub hub, Opening opening, Channel channel) {
        this.hub = hub;
        this.opening = opening;
        handler = opening.handler();
        awaitsReady = handler.awaitsReady();
        loop = hub.loops().of(channel.eventLoop());
        this.channel = channel;
        long writeNanos = NettyLoop.nanos(hub.config().writeDeadline());
        outbound = new Outbound(this, channel, hub.budget().share(), writeNanos);
        intake = new Intake(this, channel);
        connection = new NettyConnection(hub.nextId(), opening.direction(), channel, this);
    }

    /** TCP is up; unless TLS comes first, so is the connection. */
    void begin(Encryption encryption) {
        hub.opened(connection);
        if (awaitsReady || encryption != Encryption.PLAINTEXT) {
            handshakeTimer =
                    later(this::lateHandshake, NettyLoop.nanos(hub.config().handshakeDeadline()));
        }
        if (encryption == Encryption.PLAINTEXT) {
            up();
        }
    }

    /** Bytes can flow. */
    void up() {
        if (phase != Phase.PREPARING || isEnding()) {
            return;
        }
        phase = Phase.UP;
        upAt = System.nanoTime();
        heardAt = upAt;
        hub.counters().opened(opening.direction());
        if (!awaitsReady) {
            settle();
        }
        long idleNanos = NettyLoop.nanos(hub.config().idleDeadline());
        if (idleNanos > 0) {
            idleTimer = later(() -> checkIdle(idleNanos), idleNanos);
        }
        guarded(() -> handler.connected(connection));
        opening.up(connection);
    }

    /** The user's handshake is done. */
    void settle() {
        opening.place().ready();
        if (handshakeTimer != null) {
            handshakeTimer.cancel();
            handshakeTimer = null;
        }
    }

    /** Bytes came, and are read. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    void received(ByteBuf bytes) {
        heardAt = System.nanoTime();
        int count = bytes.readableBytes();
        if (phase != Phase.UP || isEnding() || count == 0) {
            return;
        }
        bytesIn += count;
        hub.counters().bytesIn.add(count);
        try {
            handler.received(connection, bytes.nioBuffer());
        } catch (Throwable thrown) {
            handlerThrew(thrown);
        }
    }

    /** The socket took bytes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    void written(int bytes) {
        bytesOut += bytes;
        hub.counters().bytesOut.add(bytes);
        if (phase == Phase.UP) {
            try {
                handler.written(connection, bytes);
            } catch (Throwable thrown) {
                handlerThrew(thrown);
            }
        }
    }

    /** The socket, or TLS, failed. */
    void failed(Throwable cause) {
        // A write that was under way when the peer closed: the end itself is told by inactive.
        if (phase == Phase.UP && cause instanceof ClosedChannelException) {
            return;
        }
        Kind kind = phase == Phase.PREPARING ? Kind.HANDSHAKE_FAILED : Kind.IO_FAILURE;
        // Its message is all that the peer has sent, in hexadecimal.
        String detail = cause instanceof NotSslRecordException
                ? "the peer does not speak TLS"
                : String.valueOf(cause.getMessage());
        ending().abort(new DisconnectReason(kind, detail, cause));
    }

    void stalled() {
        ending().reset(DisconnectReason.of(
                Kind.WRITE_STALLED, "nothing was taken for " + hub.config().writeDeadline()));
    }

    /** The socket is closed; what came before is handed over first, if this side did not want the end. */
    void inactive() {
        if (!isEnding()) {
            outbound.seal();
            intake.after(this::ended);
        } else {
            ended();
        }
    }

    /** The end, after everything else. */
    void ended() {
        if (phase == Phase.ENDED) {
            return;
        }
        boolean wasUp = phase == Phase.UP;
        phase = Phase.ENDED;
        intake.discard();
        Ending last = ending;
        DisconnectReason reason = last == null ? null : last.reason();
        if (last != null) {
            last.ended();
        }
        if (idleTimer != null) {
            idleTimer.cancel();
        }
        if (reason == null) {
            Kind kind = wasUp ? Kind.REMOTE : Kind.HANDSHAKE_FAILED;
            reason = DisconnectReason.of(kind, "closed by the peer");
        }
        settle();
        opening.place().free();
        hub.ended(connection, reason, outbound.end());
        if (wasUp) {
            try {
                handler.disconnected(connection, reason);
            } catch (Throwable thrown) {
                hub.log().threw(thrown);
            }
        }
        opening.ended(reason);
    }

    boolean isUp() {
        return phase == Phase.UP;
    }

    NettyLoop loop() {
        return loop;
    }

    Outbound outbound() {
        return outbound;
    }

    /** How it ends; made when it begins to. */
    Ending ending() {
        Ending known = ending;
        if (known == null) {
            known = new Ending(this, channel, outbound);
            ending = known;
        }
        return known;
    }

    /** Whether it has been given a reason to end. */
    boolean isEnding() {
        return ending != null && ending.reason() != null;
    }

    Intake intake() {
        return intake;
    }

    Connection.Stats stats() {
        long age = System.nanoTime() - upAt;
        return new Connection.Stats(bytesIn, bytesOut, outbound.queued(), Duration.ofNanos(age));
    }

    /** Runs a task of the user, unless it comes too late; its throw ends this connection. */
    void run(Runnable task) {
        if (phase == Phase.UP) {
            guarded(task);
        }
    }

    /** Runs on the loop: at once, when this is the loop. */
    void now(Runnable task) {
        if (loop.isCurrent()) {
            task.run();
        } else {
            onLoop(task);
        }
    }

    /** Runs on the loop after what is under way; nothing when there is no loop any more. */
    void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // The transport has ended, and each of its connections before it.
            outbound.seal();
        }
    }

    /** Runs on the loop after a delay, unless the connection has ended by then. */
    EventLoop.Timer later(Runnable task, long nanos) {
        try {
            return loop.schedule(
                    () -> {
                        if (phase != Phase.ENDED) {
                            task.run();
                        }
                    },
                    nanos);
        } catch (RejectedExecutionException ended) {
            return () -> false;
        }
    }

    private void lateHandshake() {
        ending().abort(DisconnectReason.of(
                Kind.HANDSHAKE_TIMED_OUT, "not done within " + hub.config().handshakeDeadline()));
    }

    private void checkIdle(long idleNanos) {
        // Who is not read from cannot be blamed for silence.
        if (intake.isPaused()) {
            heardAt = System.nanoTime();
        }
        long left = idleNanos - (System.nanoTime() - heardAt);
        if (left > 0) {
            idleTimer = later(() -> checkIdle(idleNanos), left);
        } else {
            ending().close(DisconnectReason.of(
                    Kind.IDLE, "nothing came for " + hub.config().idleDeadline()));
        }
    }

    private void guarded(Runnable body) {
        try {
            body.run();
        } catch (Throwable thrown) {
            handlerThrew(thrown);
        }
    }

    private void handlerThrew(Throwable thrown) {
        hub.log().threw(thrown);
        ending().abort(new DisconnectReason(Kind.HANDLER_FAILED, String.valueOf(thrown), thrown));
    }
}
