package today.p2p.transport.netty;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.EventLoop;

/** One connection as its user holds it: from any thread to the event loop. */
final class NettyConnection implements Connection {
    private final long id;
    private final Direction direction;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final Lifecycle life;

    NettyConnection(long id, Direction direction, Channel channel, Lifecycle life) {
        this.id = id;
        this.direction = direction;
        this.life = life;
        remote = (InetSocketAddress) channel.remoteAddress();
        local = (InetSocketAddress) channel.localAddress();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public EventLoop loop() {
        return life.loop();
    }

    @Override
    public WriteResult write(List<ByteBuffer> pieces) {
        return life.outbound().offer(pieces);
    }

    @Override
    public long queuedBytes() {
        return life.outbound().queued();
    }

    @Override
    public void pause() {
        life.intake().pause(true);
    }

    @Override
    public void resume() {
        life.intake().pause(false);
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task);
        life.onLoop(() -> life.run(task));
    }

    @Override
    public EventLoop.Timer schedule(Runnable task, Duration delay) {
        Objects.requireNonNull(task);
        return new Later(task).start(NettyLoop.nanos(delay));
    }

    @Override
    public void ready() {
        life.now(life::settle);
    }

    @Override
    public void close(DisconnectReason reason) {
        Objects.requireNonNull(reason);
        life.outbound().seal();
        life.now(() -> life.ending().close(reason));
    }

    @Override
    public void abort(DisconnectReason reason) {
        Objects.requireNonNull(reason);
        life.outbound().seal();
        life.now(() -> life.ending().abort(reason));
    }

    @Override
    public boolean isOpen() {
        return !life.outbound().isSealed();
    }

    @Override
    public Stats stats() {
        return life.stats();
    }

    @Override
    public String toString() {
        String arrow = direction == Direction.OUTGOING ? " -> " : " <- ";
        return "connection " + id + " " + local + arrow + remote;
    }

    /** A task of the user, and what takes it back: one object, since each link of a node has such a task at any time. */
    private final class Later implements Runnable, EventLoop.Timer {
        private final Runnable task;
        private @Nullable Future<?> scheduled;

        Later(Runnable task) {
            this.task = task;
        }

        EventLoop.Timer start(long nanos) {
            try {
                scheduled = life.loop().start(this, nanos);
            } catch (RejectedExecutionException ended) {
                // The transport has ended: it will not run.
                scheduled = null;
            }
            return this;
        }

        @Override
        public void run() {
            life.run(task);
        }

        @Override
        public boolean cancel() {
            Future<?> known = scheduled;
            return known != null && known.cancel(false);
        }
    }
}
