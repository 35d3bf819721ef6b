package today.p2p.model.links;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists of peers and broadcasts (MSH-3 to MSH-5, MSH-8 to MSH-13). */
final class Meshes {

    private static final long PEERS_EVERY = 1000;
    private static final long REMEMBER = 120_000;
    private static final long WINDOW = 60;

    private final Slip.Slips slips;
    private final Peers peers;

    Meshes(Slip.Slips slips) {
        this.slips = slips;
        this.peers = new Peers(slips);
    }

    /** MSH-4 and MSH-5. When more could be dialled than may be, which ones is chance: here the first. */
    ObjectNode read(Given in) {
        JsonNode payload = in.node("payload");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode named = answer.putArray("named");
        Dials dials = new Dials(slips, in);
        long outgoing = slips.has(Slip.OUTGOING_UNLIMITED) ? Long.MAX_VALUE : in.limit("max-outgoing", 4);
        for (Peers.Named node : nodes(payload, in.limit("max-peers-read", 64))) {
            boolean known =
                    node.id().equals(in.text("own")) || in.texts("peers").contains(node.id());
            Peers.Address to = node.address();
            if (named.size() < outgoing
                    && (!known || slips.has(Slip.KNOWN_DIALLED))
                    && dials.allows(to.host(), to.port(), in.text("by"), 0)) {
                named.addArray().add(to.host()).add(to.port());
            }
        }
        return answer.put("dials", named.size());
    }

    private List<Peers.Named> nodes(JsonNode payload, long most) {
        List<Peers.Named> nodes = new ArrayList<>();
        if (payload.size() != 2 || !payload.get(1).isArray()) {
            return nodes;
        }
        int read = 0;
        for (JsonNode item : payload.get(1)) {
            Optional<Peers.Named> node = peers.named(item);
            if (read++ >= most && !slips.has(Slip.LISTS_READ_WHOLE)) {
                return nodes;
            }
            if (node.isEmpty() && slips.has(Slip.BAD_ITEM_SPOILS_LIST)) {
                return List.of();
            }
            node.ifPresent(nodes::add);
        }
        return nodes;
    }

    /** MSH-3. */
    ObjectNode list(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        long most = slips.has(Slip.LISTS_SENT_WHOLE) ? Long.MAX_VALUE : in.limit("max-peers-sent", 64);
        List<Given> all = new ArrayList<>(in.each("nodes"));
        if (slips.has(Slip.RECEIVER_LISTED)) {
            all.add(in.inner("to"));
        }
        for (Given node : all) {
            boolean listens = node.number("port") != 0 || slips.has(Slip.SILENT_LISTED);
            if (listens && items.size() < most) {
                ArrayNode item = items.addArray();
                item.addArray().add(node.text("host")).add(node.number("port"));
                item.add(node.text("id"));
            }
        }
        return answer.put("count", items.size());
    }

    /** MSH-8. */
    ObjectNode ask(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode answered = answer.putArray("answered");
        long last = -PEERS_EVERY;
        for (Given asked : in.each("asked")) {
            JsonNode payload = asked.node("payload");
            boolean due = asked.number("at") - last >= PEERS_EVERY || slips.has(Slip.ALWAYS_LISTED);
            boolean listed = payload.size() == 2 && isAsterisk(payload.get(1)) && due;
            last = listed ? asked.number("at") : last;
            answered.add(listed);
        }
        return answer;
    }

    private boolean isAsterisk(JsonNode value) {
        boolean text = value.isString() || !slips.has(Slip.ASTERISK_AS_TEXT_ONLY);
        return text && Given.name(value).equals(Optional.of("*"));
    }

    /** MSH-9 to MSH-12. */
    ObjectNode arrive(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode to = answer.putArray("to");
        Seen seen = new Seen(slips, in.limit("max-seen", 262_144));
        List<String> links = in.texts("links");
        for (Given frame : in.each("frames")) {
            String name = frame.text("sender") + ' ' + frame.number("time") + ' ' + frame.text("text");
            long age = frame.number("now") - frame.number("time");
            boolean inWindow = age < WINDOW && age >= -WINDOW || slips.has(Slip.WINDOW_UNCHECKED);
            if (inWindow && seen.isNew(name, (int) frame.number("link"), frame.number("at"))) {
                ArrayNode relayed = to.addArray();
                for (int link = 0; link < links.size(); link++) {
                    boolean source = link == frame.number("link") && !slips.has(Slip.ECHOED);
                    boolean sender = links.get(link).equals(frame.text("sender")) && !slips.has(Slip.SENDER_TOLD);
                    if (!source && !sender) {
                        relayed.add(link);
                    }
                }
            } else {
                to.addNull();
            }
        }
        return answer;
    }

    /** MSH-13. */
    ObjectNode date(Given in) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode times = answer.putArray("times");
        long most = slips.has(Slip.RAISED_FOR_EVER) ? 1000 : in.limit("max-time-raise", 30);
        Map<String, Long> sent = new HashMap<>();
        for (Given message : in.each("sent")) {
            long at = message.number("at");
            sent.values().removeIf(before -> at - before >= REMEMBER);
            long raise = 0;
            while (!slips.has(Slip.NEVER_RAISED) && sent.containsKey(name(message, raise))) {
                raise++;
            }
            if (raise > most) {
                times.addNull();
            } else {
                sent.put(name(message, raise), at);
                times.add(message.number("now") + raise);
            }
        }
        return answer;
    }

    private static String name(Given message, long raise) {
        return message.number("now") + raise + " " + message.text("text");
    }

    /** The seen set (MSH-11), in the order of arrival. */
    private static final class Seen {

        private final Slip.Slips slips;
        private final long most;
        private final List<Entry> entries = new ArrayList<>();

        private record Entry(String name, int link, long at) {}

        Seen(Slip.Slips slips, long most) {
            this.slips = slips;
            this.most = most;
        }

        boolean isNew(String name, int link, long at) {
            long remembered = slips.has(Slip.FORGOTTEN_EARLY) ? REMEMBER / 2 : REMEMBER;
            entries.removeIf(entry -> at - entry.at >= remembered);
            if (entries.stream().anyMatch(entry -> entry.name.equals(name))) {
                return slips.has(Slip.DELIVERED_TWICE);
            }
            if (entries.size() >= most) {
                int fullest = slips.has(Slip.OLDEST_OF_ALL_GOES) ? entries.get(0).link : fullest();
                entries.stream()
                        .filter(entry -> entry.link == fullest)
                        .findFirst()
                        .ifPresent(entries::remove);
            }
            entries.add(new Entry(name, link, at));
            return true;
        }

        private int fullest() {
            Set<Integer> links = new HashSet<>();
            entries.forEach(entry -> links.add(entry.link));
            return links.stream()
                    .max((one, other) -> Long.compare(count(one), count(other)))
                    .orElseThrow();
        }

        private long count(int link) {
            return entries.stream().filter(entry -> entry.link == link).count();
        }
    }
}
