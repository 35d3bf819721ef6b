package today.p2p;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import today.p2p.runtime.Callbacks;
import today.p2p.runtime.Hold;
import today.p2p.runtime.NodeRuntime;

/** Messages for subscribers, each as fast as it asks for them. */
final class MessagePublisher implements Flow.Publisher<Message> {
    private final List<Demand> open = new CopyOnWriteArrayList<>();
    private @Nullable NodeRuntime runtime;
    private volatile boolean isClosed;

    void runBy(NodeRuntime its) {
        runtime = its;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message> subscriber) {
        Objects.requireNonNull(subscriber);
        if (isClosed) {
            // Here and now: the executor may have ended.
            subscriber.onSubscribe(new Nothing());
            subscriber.onComplete();
            return;
        }
        Demand demand = new Demand(subscriber, Objects.requireNonNull(runtime).newCallbacks());
        demand.begin();
    }

    void publish(Message message, Hold hold) {
        open.forEach(demand -> demand.offer(message, hold.keep()));
    }

    void close() {
        isClosed = true;
        open.forEach(Demand::complete);
    }

    /** One subscription. Its fields belong to its own order of calls. */
    private final class Demand implements Flow.Subscription {
        private final Flow.Subscriber<? super Message> subscriber;
        private final Callbacks order;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private long asked;
        private volatile boolean isOver;

        Demand(Flow.Subscriber<? super Message> subscriber, Callbacks order) {
            this.subscriber = subscriber;
            this.order = order;
        }

        void begin() {
            run(this::introduce);
            open.add(this);
            // Either may have come before it was there to be found.
            if (isOver) {
                run(this::end);
            } else if (isClosed) {
                complete();
            }
        }

        private void introduce() {
            try {
                subscriber.onSubscribe(this);
            } catch (RuntimeException | Error fault) {
                end();
                throw fault;
            }
        }

        void offer(Message message, Runnable done) {
            run(() -> {
                waiting.add(new Waiting(message, done));
                hand();
            });
        }

        void complete() {
            run(() -> {
                hand();
                if (!isOver) {
                    end();
                    subscriber.onComplete();
                }
            });
        }

        @Override
        public void request(long count) {
            run(() -> {
                if (isOver) {
                    return;
                }
                if (count <= 0) {
                    end();
                    subscriber.onError(new IllegalArgumentException("asked for " + count + " messages"));
                    return;
                }
                asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
                hand();
            });
        }

        @Override
        public void cancel() {
            isOver = true;
            run(this::end);
        }

        private void hand() {
            while (asked > 0 && !waiting.isEmpty() && !isOver) {
                asked--;
                Waiting next = waiting.remove();
                try {
                    subscriber.onNext(next.message);
                } catch (RuntimeException | Error fault) {
                    // A subscriber that throws has broken its side of the contract, and is dropped.
                    end();
                    throw fault;
                } finally {
                    next.done.run();
                }
            }
            if (isOver) {
                end();
            }
        }

        private void end() {
            isOver = true;
            open.remove(this);
            waiting.forEach(left -> left.done.run());
            waiting.clear();
        }

        private void run(Runnable step) {
            order.add(step, () -> {});
        }
    }

    /** The subscription of who comes after the end. */
    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }

    private record Waiting(Message message, Runnable done) {}
}
