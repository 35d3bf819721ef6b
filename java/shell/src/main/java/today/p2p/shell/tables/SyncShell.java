package today.p2p.shell.tables;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.Subscription;
import today.p2p.SyncEntry;
import today.p2p.SyncTable;
import today.p2p.shell.Output;
import today.p2p.shell.Words;
import today.p2p.sync.SyncStats;
import today.p2p.terminal.Readable;

/** The commands of {@code p2p table --sync}. */
final class SyncShell extends TableShell {
    /** What can be typed. */
    static final String HELP = """
              put KEY TEXT, put-json KEY VALUE
                                         another VALUE than a text is JSON: 3, 1.5, [1, true]
              get KEY, del KEY
              delta KEY {"FIELD": VALUE} merges fields into a value that is a map
              lease KEY                  who owns it, and from when on others may write it
              keys [PREFIX], stats       what is there
              watch, unwatch             show every change from now on, or no more
            """ + NETWORK_HELP;

    private final SyncTable<String> table;

    SyncShell(SyncTable<String> table, Output out) {
        super(table.network(), out, HELP, "changes");
        this.table = table;
    }

    @Override
    protected boolean carriesOut(String command, Words words) {
        switch (command) {
            case "lease" -> lease(words.next("a key"));
            case "stats" -> stats(table.stats());
            default -> {
                return super.carriesOut(command, words);
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

    @Override
    void store(String key, Object value) {
        table.put(key, value);
    }

    @Override
    @Nullable
    Object read(String key) {
        return table.get(key);
    }

    @Override
    Object merge(String key, Map<?, ?> change) {
        return table.applyDelta(key, change);
    }

    @Override
    Stream<String> keys() {
        return table.keySet().stream().sorted();
    }

    @Override
    Subscription showChanges() {
        return table.onChange(event -> ifWatched(() -> changed(event)));
    }

    @Override
    void delete(String key) {
        boolean was = table.remove(key) != null;
        out.say(
                "del",
                Readable.line(key) + (was ? " deleted" : " was not there"),
                object -> object.put("key", key).put("was", was));
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

    private void changed(SyncTable.Event<String> event) {
        if (event instanceof SyncTable.Event.Updated<String> updated) {
            SyncEntry<String> entry = updated.entry();
            String line =
                    "~ " + Readable.line(entry.key()) + " = " + shown(entry.value()) + " by " + who(entry.owner());
            out.say(
                    "updated",
                    line,
                    object -> object.put("key", entry.key())
                            .put("owner", entry.owner())
                            .set("value", json(entry.value())));
        } else if (event instanceof SyncTable.Event.Deleted<String> deleted) {
            deleted(deleted.key());
        } else if (event instanceof SyncTable.Event.Lagged<String> lagged) {
            lagged(lagged.missed());
        }
    }

    private void stats(SyncStats stats) {
        String line = Readable.count(stats.entries(), "key") + " in " + Readable.count(stats.bytes(), "byte") + ", "
                + Readable.count(stats.deletions(), "deletion") + " remembered\nentries received from peers "
                + stats.joinsReceived() + ", sent " + stats.joinsSent() + "; being sent to "
                + Readable.count(stats.transfers(), "peer") + " now; refused " + refused(stats.refused());
        stats(line, stats);
    }

    private static String refused(Map<?, Long> reasons) {
        String all = reasons.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getValue() + " as " + reason.getKey())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }
}
