package today.p2p.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import today.p2p.Subscription;
import today.p2p.SyncEntry;
import today.p2p.SyncTable;
import today.p2p.sync.SyncStats;
import today.p2p.terminal.Readable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The commands of {@code p2p table --sync}. */
final class SyncShell extends Shell {
    /** What can be typed. */
    static final String HELP = """
              put KEY TEXT, put-json KEY VALUE
              get KEY, del KEY
              delta KEY {"FIELD": VALUE} merges fields into a value that is a map
              lease KEY                  who owns it, and from when on others may write it
              keys [PREFIX], stats       what is there
              watch, unwatch             show every change from now on, or no more
            """ + NETWORK_HELP;

    private final SyncTable<String> table;
    private @Nullable Subscription watch;

    SyncShell(SyncTable<String> table, Output out) {
        super(table.network(), out, HELP);
        this.table = table;
    }

    @Override
    boolean carriesOut(String command, Words words) {
        switch (command) {
            case "put" -> put(words.next("a key"), words.rest("a text"));
            case "put-json" -> put(words.next("a key"), value(words.rest("a value")));
            case "get" -> get(words.next("a key"));
            case "del" -> delete(words.next("a key"));
            case "delta" -> delta(words.next("a key"), value(words.rest("a map")));
            case "lease" -> lease(words.next("a key"));
            case "keys" -> keys(words.rest());
            case "watch" -> watch();
            case "unwatch" -> unwatch();
            case "stats" -> stats(table.stats());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** All entries of one peer have come. */
    void ready() {
        int keys = table.size();
        out.say(
                "ready",
                "all entries of one peer have come: " + Readable.count(keys, "key"),
                object -> object.put("keys", keys));
    }

    private void put(String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nil is not a value; 'del' deletes");
        }
        table.put(key, value);
        out.entry("put", key, value);
    }

    private void get(String key) {
        out.entry("get", key, table.get(key));
    }

    private void delete(String key) {
        boolean was = table.remove(key) != null;
        out.say(
                "del",
                Readable.line(key) + (was ? " deleted" : " was not there"),
                object -> object.put("key", key).put("was", was));
    }

    private void delta(String key, @Nullable Object change) {
        if (!(change instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("a delta is a map, such as {\"size\": 3}");
        }
        out.entry("delta", key, table.applyDelta(key, map));
    }

    private String who(String owner) {
        return owner.equals(table.network().id().text()) ? "this node" : Output.shortId(owner);
    }

    private void lease(String key) {
        Optional<SyncEntry<String>> entry = table.entry(key);
        if (entry.isEmpty()) {
            out.say("lease", Readable.line(key) + " is not there", object -> object.put("key", key));
            return;
        }
        SyncEntry<String> found = entry.get();
        String line = Readable.line(key) + " was written by " + who(found.owner()) + " at " + found.time()
                + "; free for others from " + found.freeFrom();
        out.say(
                "lease",
                line,
                object -> object.put("key", key)
                        .put("owner", found.owner())
                        .put("time", found.time().toString())
                        .put("freeFrom", found.freeFrom().toString()));
    }

    private void keys(String prefix) {
        List<String> keys = table.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .toList();
        out.say(
                "keys",
                Output.list("key", keys.stream().map(Readable::line).toList()),
                object -> keys.forEach(object.withArray("keys")::add));
    }

    private void watch() {
        if (watch == null) {
            watch = table.onChange(this::changed);
        }
        out.say("watch", "changes are shown from now on", object -> object.put("on", true));
    }

    private void unwatch() {
        if (watch != null) {
            watch.close();
        }
        watch = null;
        out.say("watch", "changes are not shown any more", object -> object.put("on", false));
    }

    private void changed(SyncTable.Event<String> event) {
        if (event instanceof SyncTable.Event.Updated<String> updated) {
            SyncEntry<String> entry = updated.entry();
            String line = "~ " + Readable.line(entry.key()) + " = " + Output.shown(entry.value()) + " by "
                    + who(entry.owner());
            out.say(
                    "updated",
                    line,
                    object -> object.put("key", entry.key())
                            .put("owner", entry.owner())
                            .set("value", Output.json(entry.value())));
        } else if (event instanceof SyncTable.Event.Deleted<String> deleted) {
            out.say(
                    "deleted",
                    "~ " + Readable.line(deleted.key()) + " deleted",
                    object -> object.put("key", deleted.key()));
        } else if (event instanceof SyncTable.Event.Lagged<String> lagged) {
            out.lagged(lagged.missed());
        }
    }

    private void stats(SyncStats stats) {
        String line = Readable.count(stats.entries(), "key") + " in " + Readable.count(stats.bytes(), "byte") + ", "
                + Readable.count(stats.deletions(), "deletion") + " remembered\nentries received from peers "
                + stats.joinsReceived() + ", sent " + stats.joinsSent() + "; being sent to "
                + Readable.count(stats.transfers(), "peer") + " now; refused " + refused(stats.refused());
        out.say(
                "stats",
                line,
                object -> object.setAll((ObjectNode) JsonMapper.shared().valueToTree(stats)));
    }

    private static String refused(Map<?, Long> reasons) {
        String all = reasons.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getValue() + " as " + reason.getKey())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }
}
