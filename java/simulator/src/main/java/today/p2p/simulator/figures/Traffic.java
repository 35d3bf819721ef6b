package today.p2p.simulator.figures;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what nodes send, by the lines of the trace. */
final class Traffic implements Consumer<String> {
    private static final Pattern SENT = Pattern.compile(".* >> n\\d+ (?:whisper|broadcast) (\\S+).* \\((\\d+) B.*");

    private final Map<String, Sum> sums = new TreeMap<>();

    @Override
    public void accept(String line) {
        Matcher sent = SENT.matcher(line);
        if (sent.matches()) {
            sums.merge(sent.group(1), new Sum(1, Long.parseLong(sent.group(2))), Sum::plus);
        }
    }

    /** Begins anew. */
    void clear() {
        sums.clear();
    }

    /** What was sent of messages with this name. */
    Sum of(String name) {
        return sums.getOrDefault(name, new Sum(0, 0));
    }

    /** What was sent of all. */
    Sum all() {
        return sums.values().stream().reduce(new Sum(0, 0), Sum::plus);
    }

    /** Messages and their bytes, frames included. */
    record Sum(long messages, long bytes) {
        Sum plus(Sum other) {
            return new Sum(messages + other.messages, bytes + other.bytes);
        }

        Sum minus(Sum other) {
            return new Sum(messages - other.messages, bytes - other.bytes);
        }
    }
}
