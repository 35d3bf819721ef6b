package today.p2p.transport.netty;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import today.p2p.transport.EventLoop;

/** One event loop of Netty, seen from outside. */
final class NettyLoop implements EventLoop {
    private final io.netty.channel.EventLoop loop;

    NettyLoop(io.netty.channel.EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(Objects.requireNonNull(task));
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Objects.requireNonNull(task);
        return schedule(task, nanos(delay));
    }

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    Timer schedule(Runnable task, long delayNanos) {
        ScheduledFuture<?> scheduled = start(task, delayNanos);
        return () -> scheduled.cancel(false);
    }

    ScheduledFuture<?> start(Runnable task, long delayNanos) {
        return loop.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }

    io.netty.channel.EventLoop netty() {
        return loop;
    }

    /** Nanoseconds; what does not fit is as good as for ever. */
    static long nanos(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException tooLong) {
            return delay.isNegative() ? 0 : Long.MAX_VALUE / 4;
        }
    }
}
