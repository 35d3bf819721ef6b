package today.p2p.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.EventLoop;

/**
 * What waits to be written on one connection.
 *
 * <p>How it works. A write puts references into a queue, and the first one of a turn of the event loop asks for
 * a drain at the end of that turn. The drain copies writes into buffers of {@link #SLICE} bytes and hands them to the socket:
 * many small writes become one buffer and one system call, one of {@link #WHOLE} bytes or less is never cut, and a larger one
 * only where it must be. At most one slice is under way, so what a stalled peer holds beyond
 * references to the user's own bytes is that slice; and a broadcast to a thousand peers is in memory once.
 */
final class Outbound {
    private static final int SLICE = 64 * 1024;

    /** A message of as many bytes as a slice, and whatever is around it: a rest of a few bytes would cost a write of its own. */
    private static final int WHOLE = SLICE + SLICE / 4;

    private static final AtomicReferenceFieldUpdater<Outbound, @Nullable Write> LATEST =
            AtomicReferenceFieldUpdater.newUpdater(Outbound.class, Write.class, "latest");

    private final Lifecycle life;
    private final Channel channel;
    private final QueueBudget.Share share;
    private final long writeNanos;
    /** What was written and not taken yet, the latest first; none of it is there while the connection is idle. */
    private volatile @Nullable Write latest;

    private volatile boolean isSealed;

    // Of the event loop alone.
    /** What was taken, the earliest first. */
    private @Nullable Write earliest;

    private ByteBuffer @Nullable [] current;
    private int underWay;
    private boolean isDraining;
    private EventLoop.@Nullable Timer watch;
    private long movedAt;
    private long lastPending;
    private long lastProgress;

    Outbound(Lifecycle life, Channel channel, QueueBudget.Share share, long writeNanos) {
        this.life = life;
        this.channel = channel;
        this.share = share;
        this.writeNanos = writeNanos;
    }

    WriteResult offer(List<ByteBuffer> pieces) {
        if (isSealed) {
            return WriteResult.CLOSED;
        }
        ByteBuffer[] own = new ByteBuffer[pieces.size()];
        long bytes = 0;
        for (int i = 0; i < own.length; i++) {
            own[i] = pieces.get(i).duplicate();
            bytes += own[i].remaining();
        }
        if (bytes == 0) {
            return WriteResult.QUEUED;
        }
        WriteResult result = share.reserve(bytes);
        if (result == WriteResult.QUEUED) {
            Write write = new Write(own);
            do {
                write.next = latest;
            } while (!LATEST.compareAndSet(this, write.next, write));
            // Whoever was first has asked already.
            if (write.next == null) {
                life.onLoop(this::drain);
            }
        }
        return result;
    }

    /** No write is accepted any more. */
    void seal() {
        isSealed = true;
    }

    boolean isSealed() {
        return isSealed;
    }

    long queued() {
        return share.queued();
    }

    /** The connection has ended; how many bytes the socket did not take. */
    long end() {
        isSealed = true;
        latest = null;
        earliest = null;
        current = null;
        if (watch != null) {
            watch.cancel();
        }
        return share.end();
    }

    /** How long a peer may take nothing of what is written. */
    long writeNanos() {
        return writeNanos;
    }

    /** Whether the socket has taken everything. */
    boolean isEmpty() {
        return underWay == 0 && current == null && earliest == null && latest == null;
    }

    /** Hands to the socket what it takes. */
    void drain() {
        if (isDraining || !life.isUp()) {
            return;
        }
        isDraining = true;
        try {
            ByteBuf slice;
            while (underWay == 0 && (slice = slice()) != null) {
                int bytes = slice.readableBytes();
                underWay += bytes;
                // The socket takes it here and now, unless it is full: then the loop ends.
                channel.writeAndFlush(slice).addListener(result -> took(bytes, result));
            }
        } finally {
            isDraining = false;
        }
        watch();
    }

    private void took(int bytes, Future<? super Void> result) {
        underWay -= bytes;
        if (!result.isSuccess()) {
            life.failed(result.cause());
            return;
        }
        movedAt = System.nanoTime();
        share.release(bytes);
        life.written(bytes);
        if (!isDraining) {
            drain();
        }
        if (life.isEnding() && isEmpty()) {
            life.ending().drained();
        }
    }

    private @Nullable ByteBuf slice() {
        ByteBuf out = null;
        int room = 0;
        while (current != null || (current = poll()) != null) {
            long left = remaining(current);
            if (out == null) {
                long all = Math.max(left, share.queued());
                out = channel.alloc()
                        .directBuffer((int) (left <= WHOLE ? Math.max(left, Math.min(SLICE, all)) : SLICE));
                room = out.capacity();
            } else if (left > room) {
                break;
            }
            int bytes = (int) Math.min(left, room);
            copy(current, out, bytes);
            room -= bytes;
            if (left > bytes) {
                break;
            }
            current = null;
        }
        return out;
    }

    private ByteBuffer @Nullable [] poll() {
        if (earliest == null && latest != null) {
            Write taken = LATEST.getAndSet(this, null);
            while (taken != null) {
                Write next = taken.next;
                taken.next = earliest;
                earliest = taken;
                taken = next;
            }
        }
        Write first = earliest;
        earliest = first == null ? null : first.next;
        return first == null ? null : first.pieces;
    }

    private static void copy(ByteBuffer[] pieces, ByteBuf out, int bytes) {
        int left = bytes;
        for (ByteBuffer piece : pieces) {
            int count = Math.min(left, piece.remaining());
            int limit = piece.limit();
            piece.limit(piece.position() + count);
            out.writeBytes(piece);
            piece.limit(limit);
            left -= count;
        }
    }

    private static long remaining(ByteBuffer[] pieces) {
        long sum = 0;
        for (ByteBuffer piece : pieces) {
            sum += piece.remaining();
        }
        return sum;
    }

    private void watch() {
        if (watch == null && underWay > 0) {
            movedAt = System.nanoTime();
            watch = life.later(this::check, writeNanos);
        }
    }

    private void check() {
        watch = null;
        if (underWay == 0) {
            return;
        }
        noticePartialWrites();
        long left = writeNanos - (System.nanoTime() - movedAt);
        if (left <= 0) {
            life.stalled();
        } else {
            watch = life.later(this::check, left);
        }
    }

    // A peer that takes a slice byte by byte is slow, not stalled.
    private void noticePartialWrites() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null) {
            return;
        }
        if (buffer.totalPendingWriteBytes() != lastPending || buffer.currentProgress() != lastProgress) {
            boolean isFirstLook = lastPending == 0 && lastProgress == 0;
            lastPending = buffer.totalPendingWriteBytes();
            lastProgress = buffer.currentProgress();
            if (!isFirstLook) {
                movedAt = System.nanoTime();
            }
        }
    }

    /** What one write handed over. */
    private static final class Write {
        private final ByteBuffer[] pieces;
        private @Nullable Write next;

        Write(ByteBuffer[] pieces) {
            this.pieces = pieces;
        }
    }
}
