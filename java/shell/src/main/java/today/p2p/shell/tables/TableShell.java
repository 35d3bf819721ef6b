package today.p2p.shell.tables;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.MeshNetwork;
import today.p2p.Subscription;
import today.p2p.Values;
import today.p2p.shell.Output;
import today.p2p.shell.Shell;
import today.p2p.shell.Words;
import today.p2p.terminal.Readable;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The commands that a shell has on a table of either kind. */
abstract class TableShell extends Shell {
    private final String watched;
    /** Guarded by this; what has changed is shown holding it, so nothing is after {@code unwatch} has said so. */
    private @Nullable Subscription watch;

    /** @param watched what {@code watch} shows */
    TableShell(MeshNetwork network, Output out, String help, String watched) {
        super(network, out, help);
        this.watched = watched;
    }

    @Override
    protected boolean carriesOut(String command, Words words) {
        switch (command) {
            case "put" -> put(words.next("a key"), words.rest("a text"));
            case "put-json" -> put(words.next("a key"), value(words.rest("a value")));
            case "get" -> get(words.next("a key"));
            case "del" -> delete(words.next("a key"));
            case "delta" -> delta(words.next("a key"), value(words.rest("a map")));
            case "keys" -> keys(words.rest());
            case "watch" -> watch();
            case "unwatch" -> unwatch();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Sets a key. */
    abstract void store(String key, Object value);

    /** What a key has; null: nothing. */
    abstract @Nullable Object read(String key);

    /** Merges a map into that of a key, and says what is there then. */
    abstract Object merge(String key, Map<?, ?> change);

    /** Deletes a key, and tells so. */
    abstract void delete(String key);

    /** The keys, in the order in which they are shown. */
    abstract Stream<String> keys();

    /** Shows every change from now on, as {@link #ifWatched} allows. */
    abstract Subscription showChanges();

    /** Shows a change, unless it comes behind {@code unwatch}: it may have been on its way then. */
    final synchronized void ifWatched(Runnable shown) {
        if (watch != null) {
            shown.run();
        }
    }

    /** A node for the eye. */
    final String who(String id) {
        return id.equals(network.id().text()) ? "this node" : Output.shortId(id);
    }

    /** Tells figures: a record, of which a program gets all. */
    final void stats(String lines, Record figures) {
        out.say(
                "stats",
                lines,
                object -> object.setAll((ObjectNode) JsonMapper.shared().valueToTree(figures)));
    }

    /** A value as a person sees it. */
    static String shown(Object value) {
        return new Readable(2000).value(Values.of(value));
    }

    /** A value in the notation of the test vectors. */
    static JsonNode json(Object value) {
        return Notation.write(Values.of(value));
    }

    /** Changes were dropped, since they came faster than they were shown. */
    final void lagged(long missed) {
        out.say(
                "lagged",
                "~ " + Readable.count(missed, "change") + " came too fast to show",
                object -> object.put("missed", missed));
    }

    /** A key is not there any more. */
    final void deleted(String key) {
        out.say("deleted", "~ " + Readable.line(key) + " deleted", object -> object.put("key", key));
    }

    /** What the table says of a key; null: that it has none. */
    private void entry(String event, String key, @Nullable Object value) {
        out.say(event, Readable.line(key) + (value == null ? " is not there" : " = " + shown(value)), object -> {
            object.put("key", key);
            object.set("value", value == null ? object.nullNode() : json(value));
        });
    }

    private void put(String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nil is not a value; 'del' deletes");
        }
        store(key, value);
        entry("put", key, value);
    }

    private void get(String key) {
        entry("get", key, read(key));
    }

    private void delta(String key, @Nullable Object change) {
        if (!(change instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("a delta is a map, such as {\"size\": 3}");
        }
        entry("delta", key, merge(key, map));
    }

    private void keys(String prefix) {
        List<String> keys = keys().filter(key -> key.startsWith(prefix)).toList();
        out.say("keys", Output.list("key", keys.stream().map(Readable::line).toList()), object -> {
            ArrayNode all = object.putArray("keys");
            keys.forEach(all::add);
        });
    }

    private synchronized void watch() {
        if (watch == null) {
            watch = showChanges();
        }
        out.say("watch", watched + " are shown from now on", object -> object.put("on", true));
    }

    private synchronized void unwatch() {
        if (watch != null) {
            watch.close();
        }
        watch = null;
        out.say("watch", watched + " are not shown any more", object -> object.put("on", false));
    }
}
