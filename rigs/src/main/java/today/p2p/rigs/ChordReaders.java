package today.p2p.rigs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import today.p2p.ChordException;
import today.p2p.ChordTable;

/**
 * Threads that read all keys again and again, each from a node by chance, without retries: what a caller sees who
 * takes no for an answer. A key that cannot be read is read again until it can; the time between is its window.
 */
final class ChordReaders implements AutoCloseable {
    private static final Duration ONCE = Duration.ofMillis(1);

    private final ChordTown town;
    private final int keys;
    private final AtomicLongArray unreadableSince;
    private final Queue<Integer> again = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private Figures figures = new Figures(System.nanoTime());
    private volatile boolean isOver;
    /** What a reader did not expect, and has ended with. */
    private volatile @Nullable Throwable broken;

    ChordReaders(ChordTown town, int keys, int count, long seed) {
        this.town = town;
        this.keys = keys;
        unreadableSince = new AtomicLongArray(keys);
        for (int index = 0; index < count; index++) {
            Random chance = new Random(seed + index);
            Thread thread = new Thread(() -> read(chance), "reader-" + index);
            thread.setDaemon(true);
            thread.start();
        }
    }

    static String key(int index) {
        return "key " + index;
    }

    static String value(int index) {
        return "value " + index;
    }

    /** What was seen since the last time; begins anew. */
    synchronized Figures take() {
        Figures taken = figures;
        figures = new Figures(System.nanoTime());
        return taken;
    }

    /** How many keys could not be read when they were read last. */
    int unreadable() {
        int count = 0;
        for (int key = 0; key < keys; key++) {
            count += unreadableSince.get(key) == 0 ? 0 : 1;
        }
        return count;
    }

    /** How many keys have been read or tried in turn; throws when a reader has ended, since nobody is to wait for it. */
    int turns() {
        Throwable why = broken;
        if (why != null) {
            throw new IllegalStateException("a reader has ended", why);
        }
        return next.get();
    }

    private void read(Random chance) {
        try {
            while (!isOver) {
                readNext(chance);
            }
        } catch (RuntimeException | Error unexpected) {
            broken = unexpected;
        }
    }

    private void readNext(Random chance) {
        Integer failed = again.poll();
        int key = failed == null ? Math.floorMod(next.getAndIncrement(), keys) : failed;
        ChordTable<String> reader = town.any(chance);
        long began = System.nanoTime();
        Result result = read(reader, key);
        if (result != Result.READER_GONE) {
            note(key, result, began);
        } else if (failed != null) {
            again.add(key);
        }
    }

    private static Result read(ChordTable<String> reader, int key) {
        try {
            return reader.retrying(0, ONCE, ONCE)
                    .get(key(key))
                    .join()
                    .map(value -> value.equals(value(key)) ? Result.READ : Result.WRONG)
                    .orElse(Result.ABSENT);
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof ChordException why)) {
                throw failed;
            }
            return switch (why.reason()) {
                case CLOSED -> Result.READER_GONE;
                case NO_MAJORITY -> Result.NO_MAJORITY;
                default -> Result.NO_ANSWER;
            };
        }
    }

    private synchronized void note(int key, Result result, long began) {
        long now = System.nanoTime();
        figures.results.merge(result, 1, Integer::sum);
        long since = unreadableSince.get(key);
        if (result == Result.READ) {
            unreadableSince.set(key, 0);
            if (since != 0) {
                figures.windows.add((now - since) / 1e9);
                figures.lastWindowEnd = now;
            }
        } else {
            if (since == 0) {
                unreadableSince.set(key, began);
            }
            again.add(key);
        }
    }

    @Override
    public void close() {
        isOver = true; // they are daemons, and end with what they are at
    }

    /** How a read ends. */
    enum Result {
        READ,
        ABSENT,
        WRONG,
        NO_MAJORITY,
        NO_ANSWER,
        READER_GONE
    }

    /** What was seen in one stretch of time. */
    static final class Figures {
        private final long began;
        private final Map<Result, Integer> results = new EnumMap<>(Result.class);
        private final List<Double> windows = new ArrayList<>();
        private long lastWindowEnd;

        Figures(long began) {
            this.began = began;
        }

        /** How long a key could not be read, at most; in seconds. */
        double longest() {
            return windows.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }

        /** Reads that were told anything but the value. */
        int failed() {
            return results.values().stream().mapToInt(Integer::intValue).sum() - count(Result.READ);
        }

        int count(Result result) {
            return results.getOrDefault(result, 0);
        }

        @Override
        public String toString() {
            double last = lastWindowEnd == 0 ? 0 : (lastWindowEnd - began) / 1e9;
            return String.format(
                    "%d read, failed: %d absent, %d wrong, %d no majority, %d no answer; %d keys for a time unreadable,"
                            + " at most %.2f s each, the last until %.2f s after",
                    count(Result.READ),
                    count(Result.ABSENT),
                    count(Result.WRONG),
                    count(Result.NO_MAJORITY),
                    count(Result.NO_ANSWER),
                    windows.size(),
                    longest(),
                    last);
        }
    }
}
