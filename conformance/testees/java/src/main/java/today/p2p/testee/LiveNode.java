package today.p2p.testee;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import today.p2p.ChordTable;
import today.p2p.KeyHeldException;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.NetworkBuilder;
import today.p2p.Peer;
import today.p2p.PeerException;
import today.p2p.SyncTable;
import today.p2p.Values;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A network that takes part in live cases, with a table or without, and what it has to tell. Safe for use by several threads. */
final class LiveNode {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MESSAGES_KEPT = 1000;
    private static final double NANOS = 1e9;

    private final Encryption encryption;
    private final MeshNetwork network;
    private final String subnet;
    private final @Nullable LiveTable table;
    private final @Nullable LiveRing ring;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private ArrayNode events = NODES.arrayNode();
    private boolean isHeld;
    private int calls;

    LiveNode(Request in) {
        encryption = encryption(in);
        if (in.isAbsent("table")) {
            subnet = in.isAbsent("subnet") ? "mesh" : in.text("subnet");
            MeshNetwork.Builder builder = MeshNetwork.builder().subnet(subnet);
            configure(builder, in);
            network = builder.start();
            table = null;
            ring = null;
        } else if (in.text("table").equals("chord")) {
            subnet = in.isAbsent("subnet") ? "chord" : in.text("subnet");
            ChordTable.Builder builder = ChordTable.builder().subnet(subnet);
            configure(builder, in);
            ring = new LiveRing(builder.startBinary(), this::tell);
            network = ring.network();
            table = null;
        } else {
            String name = in.isAbsent("subnet") ? "sync" : in.text("subnet");
            boolean leasing = in.isAbsent("leasing") || in.flag("leasing");
            // SUB-3.
            subnet = name + (leasing ? "1" : "0");
            SyncTable.Builder builder = SyncTable.builder().subnet(name).leasing(leasing);
            configure(builder, in);
            table = new LiveTable(builder.startBinary(), this::tell);
            network = table.network();
            ring = null;
        }
    }

    /** What the application writes to a table of either sort. */
    interface Writes {
        CompletableFuture<?> put(Bytes key, Value value);

        CompletableFuture<?> delete(Bytes key);

        CompletableFuture<?> delta(Bytes key, Value delta);
    }

    private void configure(NetworkBuilder<?> builder, Request in) {
        builder.listen("127.0.0.1", 0)
                .drainWithin(Duration.ofSeconds(1))
                .onMessage(this::onMessage)
                .onConnect(peer -> tell(peerEvent("connect", peer)))
                .onDisconnect(this::onDisconnect);
        builder.encryption(encryption);
        if (!in.isAbsent("dialect")) {
            builder.dialect(Dialect.valueOf(in.text("dialect")));
        }
        if (!in.isAbsent("codecs")) {
            builder.codecs(in.numbers("codecs").stream()
                    .flatMap(number -> Codecs.find(number).stream())
                    .toList());
        }
        if (!in.isAbsent("timers")) {
            in.inner("timers").in().properties().forEach(each -> builder.timer(timer(each.getKey()), seconds(each)));
        }
        if (!in.isAbsent("limits")) {
            in.inner("limits")
                    .in()
                    .properties()
                    .forEach(each ->
                            builder.limit(limit(each.getKey()), each.getValue().asLong()));
        }
    }

    private static Encryption encryption(Request in) {
        String label = in.isAbsent("encryption") ? Encryption.PLAINTEXT.label() : in.text("encryption");
        return List.of(Encryption.values()).stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no encryption " + label));
    }

    private static Timer timer(String name) {
        return List.of(Timer.values()).stream()
                .filter(each -> each.registryName().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no timer " + name));
    }

    private static Duration seconds(Map.Entry<String, JsonNode> timer) {
        return Duration.ofNanos((long) (timer.getValue().asDouble() * NANOS));
    }

    private static Limit limit(String name) {
        return List.of(Limit.values()).stream()
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no limit " + name));
    }

    MeshNetwork network() {
        return network;
    }

    LiveTable table() {
        if (table == null) {
            throw new Refusal(ErrorCode.ABSENT, Refusal.NOWHERE, "this node has no table");
        }
        return table;
    }

    LiveRing ring() {
        if (ring == null) {
            throw new Refusal(ErrorCode.ABSENT, Refusal.NOWHERE, "this node has no Chord Table");
        }
        return ring;
    }

    Writes writes() {
        return ring == null ? table() : ring;
    }

    ObjectNode described() {
        return NODES.objectNode()
                .put("host", "127.0.0.1")
                .put("port", network.address().port())
                .put("id", network.id().text())
                .put("protocolId", ProtocolId.of(subnet, encryption).text())
                .put("encryption", encryption.label());
    }

    private synchronized void tell(ObjectNode event) {
        events.add(event);
    }

    /** The events since the last time. */
    synchronized ArrayNode takeEvents() {
        ArrayNode taken = events;
        events = NODES.arrayNode();
        return taken;
    }

    private static ObjectNode peerEvent(String event, Peer peer) {
        return NODES.objectNode().put("event", event).put("peer", peer.id().text());
    }

    private void onDisconnect(Peer peer, CloseReason reason) {
        ObjectNode event = peerEvent("disconnect", peer);
        tell(event.put(
                "reason",
                reason.errorCode().map(ErrorCode::name).orElse(reason.cause().name())));
    }

    /** Whether the application takes no messages. */
    synchronized void hold(boolean now) {
        isHeld = now;
        notifyAll();
    }

    private synchronized void awaitTaking() {
        try {
            while (isHeld) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void onMessage(Message message) {
        awaitTaking();
        String id = message.id().hex();
        messages.put(id, message);
        if (messages.size() > MESSAGES_KEPT) {
            messages.remove(messages.keySet().iterator().next());
        }
        ObjectNode event = NODES.objectNode().put("event", "message").put("id", id);
        event.put("type", message.isBroadcast() ? 0 : 2).put("flag", message.subFlag());
        event.put("sender", message.sender()).put("time", message.time().getEpochSecond());
        event.set("payload", Notation.array(message.values()));
        events.add(event);
    }

    /** The message of this id, which was delivered. */
    synchronized Message message(String id) {
        Message message = messages.get(id);
        if (message == null) {
            throw new Refusal(ErrorCode.ABSENT, Refusal.NOWHERE, "no message " + id);
        }
        return message;
    }

    /** Gives a call a number, under which its outcome is told. */
    synchronized ObjectNode follow(CompletableFuture<?> answer) {
        int call = ++calls;
        answer.whenComplete((value, failure) -> {
            ObjectNode event = outcome(call, failure);
            if (value instanceof Optional<?> found && found.isPresent()) {
                event.set("value", Notation.write(Values.of(found.get())));
            }
            tell(event);
        });
        return NODES.objectNode().put("call", call);
    }

    private static ObjectNode outcome(int call, @Nullable Throwable failure) {
        ObjectNode event = NODES.objectNode()
                .put("event", failure == null ? "done" : "failed")
                .put("call", call);
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof PeerException known) {
            known.code().ifPresent(code -> event.put("err", code.name()));
        }
        if (cause instanceof KeyHeldException held) {
            event.put("owner", held.owner()).put("free", held.freeFrom().getEpochSecond());
        }
        return cause == null ? event : event.put("detail", cause.toString());
    }

    ObjectNode state() {
        ObjectNode state = NODES.objectNode();
        ArrayNode peers = state.putArray("peers");
        for (Peer peer : network.peers()) {
            peers.addObject()
                    .put("id", peer.id().text())
                    .put("host", peer.address().host())
                    .put("port", peer.address().port());
        }
        return state;
    }

    List<Value> values(Request in) {
        return in.in().path("payload").valueStream().map(Notation::read).toList();
    }
}
