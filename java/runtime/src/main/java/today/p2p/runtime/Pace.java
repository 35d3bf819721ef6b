package today.p2p.runtime;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;

/**
 * Holds back what the application sends while the links that it goes to are full, so that nobody loses a link
 * for sending much to peers that read. A link that has had no room for a second is waited for no more until it
 * has: a peer that does not read costs the others one second, once, and then loses its own link (LNK-23). On
 * the thread of the node stage alone.
 */
final class Pace {
    private static final long PATIENCE = Time.SECOND;

    /** What a value takes beside its bytes, at most. */
    private static final int HEAD = 9;

    private final Supplier<Time> clock;
    private final Alarm alarm;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    Pace(Wire.Loop home, RuntimeOptions options) {
        clock = options.clock();
        alarm = new Alarm(home, clock, this::check);
    }

    /**
     * Makes a call, now or when these links have room for it, after the calls that wait already.
     *
     * @param bytes what it adds to their queues
     */
    void admit(Runnable call, long bytes, Collection<LinkStage> links) {
        if (waiting.isEmpty() && haveRoom(links, bytes)) {
            call.run();
        } else {
            waiting.add(new Waiting(call, List.copyOf(links), bytes));
            setAlarm();
        }
    }

    private static boolean haveRoom(Collection<LinkStage> links, long bytes) {
        for (LinkStage link : links) {
            if (!link.hasRoomFor(bytes)) {
                return false;
            }
        }
        return true;
    }

    /** A link may have room by now, or has been waited for long enough. */
    void check() {
        while (!waiting.isEmpty() && mayGo(waiting.element())) {
            waiting.remove().call.run();
        }
        setAlarm();
    }

    /** About how many bytes values take in a message. */
    static long bytes(List<Value> values) {
        return bytes(values, 1);
    }

    private static long bytes(List<Value> values, int depth) {
        long sum = (long) HEAD * values.size();
        // What is nested deeper will be refused (MPK-7).
        for (int index = 0; index < values.size() && depth <= Limits.MAX_DEPTH; index++) {
            Value value = values.get(index);
            if (value instanceof Value.ByteString string) {
                sum += string.bytes().length();
            } else if (value instanceof Value.Array array) {
                sum += bytes(array.items(), depth + 1);
            } else if (value instanceof Value.Map map) {
                for (Value.Entry entry : map.entries()) {
                    sum += bytes(List.of(entry.key(), entry.value()), depth + 1);
                }
            }
        }
        return sum;
    }

    private boolean mayGo(Waiting first) {
        Time now = clock.get();
        if (first.until.isEmpty()) {
            // Its time begins when those before it are through.
            first.until = OptionalLong.of(now.nanos() + PATIENCE);
        }
        boolean isLate = now.isAtOrAfter(first.until.getAsLong());
        boolean hasRoom = true;
        for (LinkStage link : first.links) {
            if (!link.hasRoomFor(first.bytes)) {
                link.lags(isLate);
                hasRoom = false;
            }
        }
        return hasRoom || isLate;
    }

    private void setAlarm() {
        Waiting first = waiting.peek();
        if (first == null) {
            alarm.set(OptionalLong.empty());
        } else {
            alarm.set(OptionalLong.of(first.until.orElseGet(() -> clock.get().nanos())));
        }
    }

    private static final class Waiting {
        private final Runnable call;
        private final List<LinkStage> links;
        private final long bytes;
        private OptionalLong until = OptionalLong.empty();

        Waiting(Runnable call, List<LinkStage> links, long bytes) {
            this.call = call;
            this.links = links;
            this.bytes = bytes;
        }
    }
}
