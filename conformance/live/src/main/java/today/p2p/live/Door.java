package today.p2p.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The testee's node, seen from its side door: calls, events and state. */
final class Door {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long FIRST_PAUSE_MS = 1;
    private static final long LONGEST_PAUSE_MS = 20;

    private final Control control;
    private final Scene scene;
    private final Pattern pattern;
    private final Transcript transcript;
    private final Duration patience;
    private final List<JsonNode> events = new ArrayList<>();

    Door(Control control, Scene scene, Transcript transcript, Duration patience) {
        this.control = control;
        this.scene = scene;
        this.pattern = new Pattern(scene);
        this.transcript = transcript;
        this.patience = patience;
    }

    private Control.Reply ask(String op, ObjectNode in) throws Control.Lost, InterruptedException {
        return control.ask(op, in.put("node", scene.node));
    }

    /** A call of the script. With an expected error it fails at once, or by an event later. */
    void call(Step step) throws Mismatch, Control.Lost, InterruptedException {
        String op = step.get("op").asString();
        JsonNode in = scene.filled(step.get("in"));
        Control.Reply reply = ask(op, in instanceof ObjectNode object ? object : JSON.objectNode());
        String expected = step.get("err").asString("");
        JsonNode ok = reply.ok();
        transcript.say(op + " " + Transcript.brief(in) + "  ->  "
                + (ok == null ? reply.error() + reply.skip() : Transcript.brief(ok)));
        if (!reply.skip().isEmpty()) {
            throw new Mismatch(Finding.Sort.SKIPPED, "", reply.skip(), "", "");
        }
        if (ok == null) {
            if (!reply.error().equals(expected)) {
                throw Mismatch.of("CALL." + reply.error(), step + ": " + op + " was refused", expected, reply.error());
            }
            return;
        }
        JsonNode number = ok.path("call");
        scene.bind(step.as(), number);
        if (!expected.isEmpty()) {
            ObjectNode failed = JSON.objectNode().put("event", "failed").put("err", expected);
            failed.set("call", number);
            event(step, failed);
        }
    }

    /** Waits for the first event of a kind, and, if the pattern names a call, of that call; it must fit. */
    JsonNode event(Step step, JsonNode expected) throws Mismatch, Control.Lost, InterruptedException {
        String kind = expected.path("event").asString();
        JsonNode call = expected.has("call") ? scene.filled(expected.get("call")) : null;
        JsonNode event = await(kind, call, patience);
        if (event == null) {
            throw Mismatch.of("EVENT", step + ": no event " + kind + " came", brief(expected), "none");
        }
        String differs = pattern.differs(expected, event, "$");
        for (String field : step.texts("without")) {
            differs = event.hasNonNull(field) ? "$." + field : differs;
        }
        if (differs != null) {
            throw Mismatch.of(
                    "EVENT", step + ": the event differs at " + differs, brief(expected), Transcript.brief(event));
        }
        return event;
    }

    /** Passes over the events of a sort until one fits; one that fits {@code never} must not come before. */
    void until(Step step) throws Mismatch, Control.Lost, InterruptedException {
        JsonNode expected = step.get("event");
        JsonNode never = step.get("never");
        while (true) {
            JsonNode event = await(expected.path("event").asString(), null, patience);
            if (event == null) {
                throw Mismatch.of("EVENT", step + ": no such event came", brief(expected), "none");
            }
            if (pattern.differs(expected, event, "$") == null) {
                return;
            }
            if (!never.isMissingNode() && pattern.differs(never, event, "$") == null) {
                throw Mismatch.of("ORDER", step + ": this came first", brief(expected), Transcript.brief(event));
            }
        }
    }

    private String brief(JsonNode expected) {
        return Transcript.brief(scene.filled(expected));
    }

    /** The first event of a kind, taken out; null if none comes in time. */
    @Nullable
    JsonNode await(String kind, @Nullable JsonNode call, Duration wait) throws Control.Lost, InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        long pause = FIRST_PAUSE_MS;
        while (true) {
            JsonNode found = take(kind, call);
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > end) {
                return null;
            }
            if (!fetch()) {
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
            }
        }
    }

    private @Nullable JsonNode take(String kind, @Nullable JsonNode call) {
        for (Iterator<JsonNode> each = events.iterator(); each.hasNext(); ) {
            JsonNode event = each.next();
            boolean same = call == null || event.path("call").toString().equals(call.toString());
            if (event.path("event").asString("").equals(kind) && same) {
                each.remove();
                return event;
            }
        }
        return null;
    }

    /** Asks for events; true if there were any. */
    private boolean fetch() throws Control.Lost, InterruptedException {
        Control.Reply reply = ask("node.events", JSON.objectNode());
        JsonNode list = reply.ok() == null ? JSON.arrayNode() : reply.ok().path("events");
        for (JsonNode event : list) {
            transcript.say("event " + Transcript.brief(event));
            events.add(event);
        }
        return !list.isEmpty();
    }

    /** Broadcasts a text to everybody. */
    void broadcast(String text) throws Mismatch, Control.Lost, InterruptedException {
        ObjectNode in = JSON.objectNode();
        in.putArray("payload").add(text);
        Control.Reply reply = ask("node.broadcast", in);
        if (reply.ok() == null) {
            throw Mismatch.of("CALL." + reply.error(), "node.broadcast was refused", "", reply.error());
        }
    }

    /** Waits until the peers of the node are these. */
    void state(Step step) throws Mismatch, Control.Lost, InterruptedException {
        ObjectNode wanted = JSON.objectNode();
        for (JsonNode peer : step.get("peers")) {
            ObjectNode one = wanted.withArray("$set").addObject();
            one.putObject("id").put("$id", peer.asString());
        }
        wanted.withArray("$set");
        long end = System.nanoTime() + patience.toNanos();
        JsonNode peers = JSON.arrayNode();
        while (System.nanoTime() < end) {
            Control.Reply reply = ask("node.state", JSON.objectNode());
            peers = reply.ok() == null ? JSON.arrayNode() : reply.ok().path("peers");
            if (pattern.differs(wanted, peers, "$") == null) {
                transcript.say("node.state  ->  peers " + Transcript.brief(peers));
                return;
            }
            Thread.sleep(LONGEST_PAUSE_MS / 2);
        }
        throw Mismatch.of(
                "STATE", step + ": the peers are others", Transcript.brief(step.get("peers")), Transcript.brief(peers));
    }

    /** That the table has done nothing that the script has not been told of (SYN-18). */
    void untold(Step step) throws Mismatch {
        for (String kind : List.of("update", "delete", "add")) {
            JsonNode event = take(kind, null);
            if (event != null) {
                throw Mismatch.of("TOLD", step + ": the table has changed", "nothing", Transcript.brief(event));
            }
        }
    }

    /** That the table holds this for a key, or nothing: {@code table.entry} and {@code table.get} agree about it. */
    void entry(Step step) throws Mismatch, Control.Lost, InterruptedException {
        ObjectNode in = JSON.objectNode();
        in.set("key", scene.filled(step.get("key")));
        JsonNode entry = held(step, "table.entry", in.deepCopy());
        JsonNode value = held(step, "table.get", in);
        JsonNode expected = step.get("is");
        if (expected.isMissingNode()) {
            if (!entry.isEmpty() || !value.isEmpty()) {
                throw Mismatch.of("ENTRY", step + ": the key is there", "nothing", Transcript.brief(entry));
            }
            return;
        }
        String differs = pattern.differs(expected, entry, "$");
        if (differs == null) {
            differs = pattern.differs(expected.get("value"), value.path("value"), "$.value");
        }
        if (differs != null) {
            throw Mismatch.of(
                    "ENTRY", step + ": the entry differs at " + differs, brief(expected), Transcript.brief(entry));
        }
    }

    /** That the key list has these keys, in any order (CRD-12). */
    void keys(Step step) throws Mismatch, Control.Lost, InterruptedException {
        ObjectNode wanted = JSON.objectNode();
        wanted.withArray("$set");
        step.get("is")
                .forEach(key -> wanted.withArray("$set").add(JSON.objectNode().set("$like", key)));
        JsonNode keys = held(step, "table.keys", JSON.objectNode()).path("keys");
        if (pattern.differs(wanted, keys, "$") != null) {
            throw Mismatch.of(
                    "KEYS", step + ": the keys are others", step.get("is").toString(), Transcript.brief(keys));
        }
    }

    private JsonNode held(Step step, String op, ObjectNode in) throws Mismatch, Control.Lost, InterruptedException {
        Control.Reply reply = ask(op, in);
        if (reply.ok() == null) {
            throw Mismatch.of("CALL." + reply.error(), step + ": " + op + " was refused", "an answer", reply.error());
        }
        transcript.say(op + "  ->  " + Transcript.brief(reply.ok()));
        return reply.ok();
    }

    /** Closes the node; what it says then does not count. */
    void close() throws Control.Lost, InterruptedException {
        ask("node.close", JSON.objectNode());
    }
}
