package today.p2p.live.toy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the toy makes of its links: chapters 12 and 13 in few words. Guarded by its node. */
final class ToyMesh {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WINDOW = 60;

    private final Clock clock = Clock.systemUTC();
    private final ToyNode node;
    private final Name name;
    private final ToyRequests requests;
    private final Set<String> seen = new HashSet<>();
    private final ToyGreeting greeting;
    private final ToyLists lists;
    private final @Nullable ToyTable table;
    private final @Nullable ToyRing ring;
    private final Map<String, JsonNode> delivered = new HashMap<>();

    /**
     * Who the node is.
     *
     * @param dialect UNIVERSAL, BINARY or TEXT
     * @param table what Sync Table it has, or null
     * @param ring what Chord Table it has, or null
     */
    record Name(
            String id, String protocol, String dialect, ToyTable.@Nullable Kind table, ToyRing.@Nullable Kind ring) {
        JsonNode idValue() {
            return dialect.equals("BINARY") ? Wire.binary(id) : JSON.stringNode(id);
        }

        JsonNode protocolValue() {
            return dialect.equals("TEXT") ? JSON.stringNode(protocol) : Wire.binary(protocol);
        }
    }

    ToyMesh(ToyNode node, Name name) {
        this.node = node;
        this.name = name;
        this.requests = new ToyRequests(node, this, name);
        this.greeting = new ToyGreeting(node, this, name);
        this.lists = new ToyLists(node, this, name);
        ToyTable.Kind kind = name.table();
        this.table = kind == null ? null : new ToyTable(node, this, name.id(), kind);
        ToyRing.Kind circle = name.ring();
        this.ring = circle == null ? null : new ToyRing(node, this, name.id(), circle);
    }

    private boolean is(ToyDefect defect) {
        return node.is(defect);
    }

    ToyRequests requests() {
        return requests;
    }

    ToyLists lists() {
        return lists;
    }

    @Nullable
    ToyTable table() {
        return table;
    }

    @Nullable
    ToyRing ring() {
        return ring;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    List<ToyLink> peers() {
        return node.links.stream().filter(ToyLink::isOpen).toList();
    }

    @Nullable
    ToyLink peer(String id) {
        return peers().stream().filter(link -> link.id().equals(id)).findFirst().orElse(null);
    }

    /** The head of a message of the node's own. */
    ArrayNode own(int type, long time) {
        return JSON.arrayNode().add(type).add(name.idValue()).add(time);
    }

    void send(ToyLink link, ArrayNode message, boolean repeatable) {
        boolean unasked = is(ToyDefect.CODEC_UNASKED);
        link.listed = unasked ? Wire.CODECS : link.listed;
        link.send(
                Wire.frame(message), node.codecs, repeatable || is(ToyDefect.RESENDS_ALL), is(ToyDefect.SPLITS_FRAMES));
    }

    void greet(ToyLink link) {
        ArrayNode handshake = own(2, now()).add(5).add(name.idValue()).add(name.protocolValue());
        handshake.addArray().add("127.0.0.1").add(node.port);
        node.codecs.forEach(handshake.addArray()::add);
        link.send(Wire.frame(handshake), List.of(), is(ToyDefect.RESENDS_ALL), is(ToyDefect.SPLITS_FRAMES));
    }

    void received(ToyLink link, Wire.Read read, byte[] bare) {
        JsonNode message = read.message();
        int type = message.path(0).asInt(-1);
        int flag = ToyValues.flag(message);
        boolean handshake = type == 2 && flag == 5 && message.size() == 8;
        if (link.peer == null && !handshake && !is(ToyDefect.TALKS_TO_STRANGERS)) {
            node.malformed(link, "ORDER");
        } else if (handshake) {
            greeting.handshake(link, message);
        } else if (flag == ToyValues.NONE) {
            node.malformed(link, "SHAPE");
        } else if (type == 0) {
            broadcast(link, read, bare, flag);
        } else if (type == 1) {
            renegotiate(link, message, flag, bare);
        } else if (type == 2) {
            whisper(link, read, flag, bare);
        }
    }

    private static boolean isOfApplication(int flag) {
        return flag == 0 || flag == 2 || flag >= 0x40 && flag <= 0xff;
    }

    private void broadcast(ToyLink link, Wire.Read read, byte[] bare, int flag) {
        JsonNode message = read.message();
        if (!isAccepted(message.get(2).asLong(), read.frame().id())) {
            if (is(ToyDefect.OLD_CLOSES)) {
                link.close("RANGE");
            }
            return;
        }
        seen.add(read.frame().id());
        if (node.bounds().mayRelay()) {
            relay(link, message, bare);
        }
        if (table != null && (flag == ToyTable.STORE || flag == ToyTable.DELTA)) {
            table.received(link, message, flag);
        } else if (ring != null && ToyRing.knows(flag)) {
            ring.received(link, message);
        } else if (flag == 8) {
            requests.answer(link, message);
        } else if (flag == 10) {
            requests.use(message);
        } else {
            deliver(link, read, flag);
        }
    }

    // BRD-1.
    private boolean isAccepted(long time, String id) {
        long age = now() - time;
        boolean young = age < WINDOW || age == WINDOW && is(ToyDefect.OLDEST_BROADCAST);
        boolean ahead =
                -age > WINDOW && !is(ToyDefect.FUTURE_BROADCAST) || -age == WINDOW && is(ToyDefect.NEWEST_BROADCAST);
        return young && !ahead && (!seen.contains(id) || is(ToyDefect.SEEN_FORGOTTEN));
    }

    // MSH-9, FRM-10.
    private void relay(ToyLink from, JsonNode message, byte[] bare) {
        Wire.Sent frame = is(ToyDefect.RELAY_REWRITES) ? Wire.frame(message) : Wire.frameOf(bare);
        String sender = String.valueOf(Wire.text(message.get(1)));
        for (ToyLink link : peers()) {
            boolean back = link == from && !is(ToyDefect.RELAYS_BACK);
            if (table != null && !table.mayGet(link, message)) {
                continue;
            }
            boolean author = link.id().equals(sender) && link != from && !is(ToyDefect.RELAYS_TO_SENDER);
            for (int i = 0; !back && !author && i < (is(ToyDefect.RELAYS_TWICE) ? 2 : 1); i++) {
                node.bounds().relayed();
                link.send(frame, node.codecs, true, false);
            }
        }
    }

    private void deliver(ToyLink link, Wire.Read read, int flag) {
        boolean known = isOfApplication(flag) && !(flag > 2 && is(ToyDefect.APPLICATION_FLAGS_LOST));
        if (!known && !(is(ToyDefect.DELIVERS_ALL) && flag > 0x11)) {
            return;
        }
        JsonNode message = read.message();
        ObjectNode event =
                JSON.objectNode().put("event", "message").put("id", read.frame().id());
        event.put("type", message.get(0).asInt(-1)).put("flag", flag);
        event.set("sender", message.get(1));
        event.set("time", message.get(2));
        ArrayNode payload = event.putArray("payload");
        for (int i = 4; i < message.size(); i++) {
            payload.add(message.get(i));
        }
        delivered.put(read.frame().id(), message.get(1));
        node.deliver(link, event, read.frame().frame().length);
    }

    @Nullable
    JsonNode senderOf(String id) {
        return delivered.get(id);
    }

    private void renegotiate(ToyLink link, JsonNode message, int flag, byte[] bare) {
        if (is(ToyDefect.RENEGOTIATE_RELAYED)) {
            relay(link, message, bare);
        }
        if (flag == 1) {
            greeting.compression(link, message);
        } else if (flag == 9 && link.last() != null && (link.mayResend() || is(ToyDefect.RESENDS_ALWAYS))) {
            link.send(link.last(), node.codecs, true, false);
        }
    }

    private void whisper(ToyLink link, Wire.Read read, int flag, byte[] bare) {
        JsonNode message = read.message();
        if (is(ToyDefect.WHISPERS_RELAYED)) {
            relay(link, message, bare);
        }
        if (flag == 3) {
            if (link.mayPong() || is(ToyDefect.PONGS_ALWAYS)) {
                send(link, own(2, now()).add(4), false);
            }
        } else if (flag == 4) {
            link.hasPonged = true;
        } else if (flag == 7) {
            lists.learn(link, message.path(4));
        } else if (flag == 8) {
            lists.list(link, message);
        } else if (table != null && (flag == ToyTable.STORE || flag == ToyTable.DELTA)) {
            table.received(link, message, flag);
        } else if (ring != null && ToyRing.knows(flag)) {
            ring.received(link, message);
        } else if (flag == 0x20 && is(ToyDefect.UNKNOWN_CLOSES)) {
            link.close("OPCODE");
        } else {
            deliver(link, read, flag);
        }
    }

    /** Sends a broadcast of its own, dated so that it is a new one (MSH-13). */
    void broadcast(ArrayNode payload) {
        broadcast(payload, link -> true);
    }

    /** The same to some of the peers; tells the time of the message. */
    long broadcast(ArrayNode payload, Predicate<ToyLink> to) {
        long time = now();
        Wire.Sent frame = Wire.frame(own(0, time).addAll(payload));
        while (seen.contains(frame.id()) && !is(ToyDefect.SAME_TIME_TWICE)) {
            frame = Wire.frame(own(0, ++time).addAll(payload));
        }
        if (!is(ToyDefect.OWN_FORGOTTEN)) {
            seen.add(frame.id());
        }
        for (ToyLink link : peers()) {
            if (to.test(link)) {
                link.send(frame, node.codecs, true, is(ToyDefect.SPLITS_FRAMES));
            }
        }
        return time;
    }

    /** A link is gone. */
    void left(ToyLink link) {
        if (ring != null) {
            ring.left(link);
        }
        if (link.peer != null) {
            ObjectNode event = JSON.objectNode().put("event", "disconnect").put("reason", link.reason);
            node.events.add(event.set("peer", link.peer));
            List<ToyLink> others = new ArrayList<>(peers());
            if (!others.isEmpty() && !link.reason.equals("LOCAL")) {
                send(others.get(0), own(2, now()).add(8).add(Wire.binary("*")), false);
            }
        } else if (link.dial != null) {
            requests.notConnected(link.dial, link.reason);
        }
    }
}
