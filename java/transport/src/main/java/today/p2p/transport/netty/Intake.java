package today.p2p.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has come and was not handed over, since reading is paused: one TLS read may decrypt to several chunks, and
 * epoll reads on when the peer closes. The end of the peer waits here as well, so that it comes after its bytes.
 */
final class Intake {
    private final Lifecycle life;
    private final Channel channel;
    private volatile boolean isPaused;

    // Of the event loop alone.
    private @Nullable Queue<ByteBuf> held;
    private boolean isPumping;
    private boolean isDiscarding;
    private @Nullable Runnable end;

    Intake(Lifecycle life, Channel channel) {
        this.life = life;
        this.channel = channel;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** From any thread. */
    void pause(boolean pauses) {
        isPaused = pauses;
        life.now(this::obey);
    }

    /** Takes a chunk over. */
    void take(ByteBuf chunk) {
        if (isDiscarding) {
            chunk.release();
        } else if (isPaused || isPumping || held != null) {
            hold(chunk);
            pump();
        } else {
            isPumping = true;
            hand(chunk);
            isPumping = false;
            pump();
        }
    }

    // Almost no connection ever holds anything: one that is idle has no queue.
    private void hold(ByteBuf chunk) {
        Queue<ByteBuf> queue = held;
        if (queue == null) {
            queue = new ArrayDeque<>(1);
            held = queue;
        }
        queue.add(chunk);
    }

    private @Nullable ByteBuf next() {
        Queue<ByteBuf> queue = held;
        ByteBuf next = queue == null || isPaused ? null : queue.poll();
        if (queue != null && queue.isEmpty()) {
            held = null;
        }
        return next;
    }

    private void hand(ByteBuf chunk) {
        try {
            life.received(chunk);
        } finally {
            chunk.release();
        }
    }

    /** What comes after all that was taken. */
    void after(Runnable last) {
        end = last;
        pump();
    }

    /** Nothing is handed over any more, and what comes is dropped. */
    void discard() {
        isDiscarding = true;
        Queue<ByteBuf> left = held;
        held = null;
        if (left != null) {
            left.forEach(ByteBuf::release);
        }
        channel.config().setAutoRead(true);
    }

    private void obey() {
        pump();
        if (!isDiscarding) {
            channel.config().setAutoRead(!isPaused);
        }
    }

    private void pump() {
        // A callback may pause, resume or close: the loop that called it goes on from there.
        if (isPumping) {
            return;
        }
        isPumping = true;
        ByteBuf chunk;
        while ((chunk = next()) != null) {
            hand(chunk);
        }
        isPumping = false;
        Runnable last = end;
        // Who has paused may hold bytes of its own that are not handled: for it, too, the end comes after them.
        if (last != null && held == null && !isPaused) {
            end = null;
            last.run();
        }
    }
}
