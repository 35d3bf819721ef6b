package today.p2p.model.links;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What waits on links, and what was read from them and is not handled: who may have how much (LNK-23, LNK-25, LNK-28). */
final class Budgets {
    private static final long MAX_LINKS = 1024;
    private static final long MAX_LINK_QUEUE = 4L << 20;
    private static final long MAX_QUEUE = 64L << 20;
    private static final long MAX_LINK_UNHANDLED = 1L << 20;
    private static final long MAX_UNHANDLED = 16L << 20;

    private final Slip.Slips slips;

    Budgets(Slip.Slips slips) {
        this.slips = slips;
    }

    /** A frame that waits, or what is left of it. */
    private static final class Frame {
        final boolean counts;
        long left;

        Frame(long left, boolean counts) {
            this.left = left;
            this.counts = counts;
        }
    }

    /** LNK-23 and LNK-25. */
    ObjectNode queue(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode closed = answer.putArray("closed");
        Parts parts = new Parts(in.limit("max-queue", MAX_QUEUE), in.limit("max-links", MAX_LINKS));
        Map<Long, Deque<Frame>> queues = new TreeMap<>();
        for (Given step : in.each("steps")) {
            long link = step.number("link");
            Deque<Frame> queue = queues.computeIfAbsent(link, any -> new ArrayDeque<>());
            if (step.text("do").equals("leave")) {
                leave(queue, step.number("bytes"));
                if (!slips.has(Slip.WHAT_LEFT_STILL_WAITS)) {
                    parts.held.put(link, waiting(queue));
                }
                closed.add(false);
                continue;
            }
            boolean isAbove = isAbove(in.limit("max-link-queue", MAX_LINK_QUEUE), queue, step.number("bytes"));
            boolean isRefused = isAbove || !parts.mayAdd(link, step.number("bytes"));
            closed.add(isRefused);
            if (!isRefused) {
                parts.held.merge(link, step.number("bytes"), Long::sum);
            } else if (!slips.has(Slip.CLOSED_LINKS_STILL_WAIT)) {
                parts.held.remove(link);
                queue.clear();
            }
        }
        return answer;
    }

    /** Whether a frame is too much for its link alone (LNK-23); if not, it waits there. */
    private boolean isAbove(long most, Deque<Frame> queue, long bytes) {
        boolean another = queue.stream().anyMatch(frame -> !frame.counts);
        boolean mayExceed = slips.has(Slip.ANY_LARGE_FRAMES) || !another && !slips.has(Slip.NO_LARGE_FRAMES);
        Frame frame = new Frame(bytes, bytes <= most || !mayExceed);
        long counted = queue.stream()
                .filter(each -> each.counts || slips.has(Slip.LARGE_FRAMES_COUNT))
                .mapToLong(each -> each.left)
                .sum();
        long whole = frame.counts ? counted + bytes : 0;
        queue.addLast(frame);
        return whole > most || slips.has(Slip.LINK_QUEUE_REFUSES_ITSELF) && whole == most;
    }

    private static void leave(Deque<Frame> queue, long bytes) {
        for (long rest = bytes; rest > 0 && !queue.isEmpty(); ) {
            Frame first = queue.getFirst();
            long part = Math.min(rest, first.left);
            first.left -= part;
            rest -= part;
            if (first.left == 0) {
                queue.removeFirst();
            }
        }
    }

    private static long waiting(Deque<Frame> queue) {
        return queue.stream().mapToLong(frame -> frame.left).sum();
    }

    /** LNK-28. */
    ObjectNode unhandled(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode told = answer.putArray("read");
        Parts parts = new Parts(in.limit("max-unhandled", MAX_UNHANDLED), in.limit("max-links", MAX_LINKS));
        Map<Long, Deque<Long>> waiting = new TreeMap<>();
        Map<Long, Integer> read = new TreeMap<>();
        for (Given step : in.each("steps")) {
            long link = step.number("link");
            Deque<Long> unread = waiting.computeIfAbsent(link, any -> new ArrayDeque<>());
            if (step.text("do").equals("come")) {
                unread.add(step.number("bytes"));
            } else if (!slips.has(Slip.HANDLED_STILL_COUNTS)) {
                parts.held.merge(link, -step.number("bytes"), Long::sum);
            }
            while (!unread.isEmpty() && reads(in, parts, link, unread.getFirst())) {
                parts.held.merge(link, unread.removeFirst(), Long::sum);
                read.merge(link, 1, Integer::sum);
            }
            told.add(read.getOrDefault(link, 0));
        }
        return answer;
    }

    private boolean reads(Given in, Parts parts, long link, long next) {
        long held = parts.held.getOrDefault(link, 0L);
        if (held == 0 && !slips.has(Slip.LARGE_MESSAGES_WAIT)) {
            return true;
        }
        long most = in.limit("max-link-unhandled", MAX_LINK_UNHANDLED);
        long after = slips.has(Slip.LARGE_MESSAGES_WAIT) ? held + next : held + 1;
        boolean isFull = slips.has(Slip.READS_AT_THE_LIMIT) ? held > most : after > most;
        return slips.has(Slip.ALL_IS_READ) || !isFull && parts.isWithin(link, after);
    }

    /** Half of a sum granted evenly, and twice what is left of the other half (LNK-25). */
    private final class Parts {
        final Map<Long, Long> held = new TreeMap<>();
        private final long grant;
        private final long rest;

        Parts(long most, long links) {
            long granted = slips.has(Slip.ALL_IS_GRANTED) ? most : slips.has(Slip.NOTHING_IS_GRANTED) ? 0 : most / 2;
            grant = granted / links;
            rest = slips.has(Slip.HALF_IS_THE_REST) ? most - most / 2 : most - grant * links;
        }

        /** Whether a frame may be added to what waits on a link. */
        boolean mayAdd(long link, long bytes) {
            long before = held.getOrDefault(link, 0L);
            boolean isFirst = before == 0 && !slips.has(Slip.FIRST_FRAMES_HELD_TO_IT);
            return isFirst || isWithin(link, before + bytes);
        }

        /** Whether a link may hold so much. */
        boolean isWithin(long link, long amount) {
            long others = held.entrySet().stream()
                    .filter(each -> each.getKey() != link)
                    .mapToLong(each -> beyond(each.getValue()))
                    .sum();
            if (slips.has(Slip.FIRST_COME_FIRST_SERVED)) {
                return amount <= grant || beyond(amount) <= rest - others;
            }
            boolean before = slips.has(Slip.LEFT_IS_COUNTED_BEFORE);
            long own = before ? beyond(held.getOrDefault(link, 0L)) : beyond(amount);
            long left = Math.max(0, slips.has(Slip.EACH_LINK_ALONE) ? rest - own : rest - others - own);
            long part = slips.has(Slip.WHAT_IS_LEFT_ONCE) ? left : 2 * left;
            return beyond(amount) < part + (slips.has(Slip.PART_REFUSES_ITSELF) ? 0 : 1) || amount <= grant;
        }

        private long beyond(long amount) {
            return Math.max(0, amount - grant);
        }
    }
}
