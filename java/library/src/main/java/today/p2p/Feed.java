package today.p2p;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.runtime.Callbacks;

/**
 * Events for those who listen to a table, each in an order of its own. A slow one loses its oldest events and is
 * told how many (SYN-18); it slows neither the network nor the others down.
 */
final class Feed<E> implements Flow.Publisher<E> {
    private final long most;
    private final LongFunction<E> lagged;
    private final Supplier<Callbacks> orders;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    /** @param lagged the event that tells how many were lost */
    Feed(long most, LongFunction<E> lagged, Supplier<Callbacks> orders) {
        this.most = most;
        this.lagged = lagged;
        this.orders = orders;
    }

    /** Calls a consumer for every event from now on. */
    Subscription listen(Consumer<? super E> consumer) {
        Objects.requireNonNull(consumer);
        Listener listener = new Listener(orders.get(), consumer::accept, null);
        listener.request(Long.MAX_VALUE);
        listeners.add(listener);
        return listener::cancel;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> subscriber) {
        Objects.requireNonNull(subscriber);
        Listener listener = new Listener(orders.get(), subscriber::onNext, subscriber);
        listener.order.add(() -> subscriber.onSubscribe(listener), () -> {});
        listeners.add(listener);
        if (isClosed) {
            listener.complete();
        }
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    void publish(E event) {
        listeners.forEach(listener -> listener.offer(event));
    }

    void close() {
        isClosed = true;
        listeners.forEach(Listener::complete);
    }

    /** One who listens. What waits is guarded by its monitor; calls into the application are made outside it. */
    private final class Listener implements Flow.Subscription {
        private final Callbacks order;
        private final Consumer<E> next;
        private final Flow.@Nullable Subscriber<?> subscriber;
        private final Deque<E> waiting = new ArrayDeque<>();
        private long missed;
        private long asked;
        private boolean isOver;
        /** Whether a call of {@link #hand} is due: one is enough for whatever waits. */
        private boolean isDue;

        Listener(Callbacks order, Consumer<E> next, Flow.@Nullable Subscriber<?> subscriber) {
            this.order = order;
            this.next = next;
            this.subscriber = subscriber;
        }

        void offer(E event) {
            synchronized (this) {
                if (isOver) {
                    return;
                }
                waiting.add(event);
                if (waiting.size() > most) {
                    waiting.remove();
                    missed++;
                }
            }
            handSoon();
        }

        private void handSoon() {
            synchronized (this) {
                if (isDue) {
                    return;
                }
                isDue = true;
            }
            // An executor that refuses the call may take the next one.
            order.add(this::hand, this::isNotDue);
        }

        private synchronized void isNotDue() {
            isDue = false;
        }

        @Override
        public void request(long count) {
            if (count <= 0) {
                order.add(() -> fail(new IllegalArgumentException("asked for " + count + " events")), () -> {});
                return;
            }
            synchronized (this) {
                asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
            }
            handSoon();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                isOver = true;
                waiting.clear();
            }
            listeners.remove(this);
        }

        void complete() {
            order.add(
                    () -> {
                        hand();
                        if (end() && subscriber != null) {
                            subscriber.onComplete();
                        }
                    },
                    () -> {});
        }

        private void fail(RuntimeException fault) {
            if (end() && subscriber != null) {
                subscriber.onError(fault);
            }
        }

        private synchronized boolean end() {
            boolean isFirst = !isOver;
            cancel();
            return isFirst;
        }

        private void hand() {
            isNotDue();
            boolean isThrough = false;
            try {
                for (@Nullable E event = take(); event != null; event = take()) {
                    next.accept(event);
                }
                isThrough = true;
            } finally {
                if (!isThrough) {
                    handSoon();
                }
            }
        }

        private synchronized @Nullable E take() {
            if (isOver || asked == 0 || waiting.isEmpty()) {
                return null;
            }
            asked -= asked == Long.MAX_VALUE ? 0 : 1;
            if (missed > 0) {
                E lag = lagged.apply(missed);
                missed = 0;
                return lag;
            }
            return waiting.remove();
        }
    }
}
