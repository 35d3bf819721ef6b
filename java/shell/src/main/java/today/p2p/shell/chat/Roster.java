package today.p2p.shell.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in a chat: names by node id, each until it was not heard of for a while. Bounded, since anybody can make up
 * names and ids.
 */
final class Roster {
    /** How many are remembered; further ones are shown when they speak, and not counted. */
    static final int MAX = 1000;
    /** Seconds without a word after which somebody is gone. */
    static final long GONE_AFTER = 95;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, long heardAt) {}

    /** Notes that a node is here under a name; whether it is new. */
    boolean hears(String id, String name, long nowSeconds) {
        boolean known = entries.containsKey(id);
        if (known || entries.size() < MAX) {
            entries.put(id, new Entry(name, nowSeconds));
        }
        return !known;
    }

    /** Forgets a node; its name, when it had one. */
    Optional<String> forget(String id) {
        return Optional.ofNullable(entries.remove(id)).map(Entry::name);
    }

    /** Forgets whoever was not heard of for {@link #GONE_AFTER}; their names. */
    List<String> expire(long nowSeconds) {
        List<String> gone = new ArrayList<>();
        entries.values().removeIf(entry -> {
            boolean late = nowSeconds - entry.heardAt > GONE_AFTER;
            if (late) {
                gone.add(entry.name);
            }
            return late;
        });
        return gone;
    }

    /** The ids of all who have that name. */
    List<String> ids(String name) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().name.equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All names, in the order in which they came, with the ids. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        entries.forEach((id, entry) -> names.put(id, entry.name));
        return names;
    }
}
