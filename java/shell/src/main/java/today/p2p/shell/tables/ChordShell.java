package today.p2p.shell.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.ChordTable;
import today.p2p.Subscription;
import today.p2p.chord.ChordStats;
import today.p2p.chord.Table;
import today.p2p.ids.NodeId;
import today.p2p.shell.Output;
import today.p2p.shell.Words;
import today.p2p.terminal.Readable;
import tools.jackson.databind.node.ObjectNode;

/** The commands of {@code p2p table --chord}. Each waits for its answer, so that the next one sees what it did. */
final class ChordShell extends TableShell {
    /** What can be typed. */
    static final String HELP = """
              put KEY TEXT, put-json KEY VALUE
                                         another VALUE than a text is JSON: 3, 1.5, [1, true];
                                         done when three of the key's five positions have it
              get KEY, del KEY           what three of five say; delete
              delta KEY {"FIELD": VALUE} merges fields into a value that is a map
              owner KEY                  the nodes that own its five positions on the ring
              keys [PREFIX]              keys of which nodes have told; only 'get' knows
              join, leave                hold a part of the table for all; hand it over
              ring, stats                the ring as this node sees it; figures
              watch, unwatch             show keys that come and go, or no more
            """ + NETWORK_HELP;

    private final ChordTable<String> table;
    /** Its puts end when others have the value: what is shown as done can be read. */
    private final ChordTable<String> sure;

    private final String subnet;

    ChordShell(ChordTable<String> table, String subnet, Output out) {
        super(table.network(), out, HELP, "keys that come and go");
        this.table = table;
        this.subnet = subnet;
        sure = table.confirming();
    }

    @Override
    protected boolean carriesOut(String command, Words words) {
        switch (command) {
            case "owner" -> owner(words.next("a key"));
            case "join" -> join();
            case "leave" -> leave();
            case "ring" -> RingDrawing.say(out, table.ring(), subnet);
            case "stats" -> stats(table.stats());
            default -> {
                return super.carriesOut(command, words);
            }
        }
        return true;
    }

    /** Whether there are others who have joined. */
    boolean seesOthers() {
        return table.ring().seats().size() > (table.isJoined() ? 1 : 0);
    }

    /** Takes a place on the ring. */
    void join() {
        table.join().join();
        out.say("joined", "joined: this node holds a part of the table", object -> object.put("joined", true));
    }

    /** Hands over what is held, and waits for it; nothing when it is not joined. */
    void leaveIfJoined() {
        if (table.isJoined()) {
            run("leave");
        }
    }

    private void leave() {
        int lost = table.leave().join();
        out.say(
                "left",
                lost == 0
                        ? "left: nothing that was held here is lost"
                        : "left: nobody else was seen to hold " + Readable.count(lost, "position") + ", now given up",
                object -> object.put("lost", lost));
    }

    @Override
    void store(String key, Object value) {
        sure.put(key, value).join();
    }

    @Override
    @Nullable
    Object read(String key) {
        return table.get(key).join().orElse(null);
    }

    @Override
    Object merge(String key, Map<?, ?> change) {
        return table.applyDelta(key, change).join();
    }

    @Override
    void delete(String key) {
        sure.remove(key).join();
        out.say("del", Readable.line(key) + " deleted", object -> object.put("key", key));
    }

    @Override
    Stream<String> keys() {
        return table.keys();
    }

    @Override
    Subscription showChanges() {
        return table.onChange(event -> ifWatched(() -> changed(event)));
    }

    private void owner(String key) {
        List<NodeId> owners = table.ownersOf(key).join();
        List<String> lines = new ArrayList<>();
        for (Table place : Table.values()) {
            String owner = owners.get(place.ordinal()).text();
            lines.add("%-6s  %s".formatted(place.hashName(), who(owner)));
        }
        out.say("owner", Readable.line(key) + " has its positions at\n  " + String.join("\n  ", lines), object -> {
            ObjectNode places = object.put("key", key).putObject("owners");
            for (Table place : Table.values()) {
                places.put(place.hashName(), owners.get(place.ordinal()).text());
            }
        });
    }

    private void changed(ChordTable.Event<String> event) {
        if (event instanceof ChordTable.Event.Added<String> added) {
            out.say("added", "~ " + Readable.line(added.key()) + " is there", object -> object.put("key", added.key()));
        } else if (event instanceof ChordTable.Event.Deleted<String> deleted) {
            deleted(deleted.key());
        } else if (event instanceof ChordTable.Event.Lagged<String> lagged) {
            lagged(lagged.missed());
        }
    }

    private void stats(ChordStats stats) {
        String line = "holds " + Readable.count(stats.entries(), "position") + ", copies included, in "
                + Readable.count(stats.bytes(), "byte") + "; " + Readable.count(stats.keys(), "key") + " heard of\n"
                + Readable.count(stats.joinedPeers(), "peer") + " joined; "
                + Readable.count(stats.questions(), "question") + " open";
        stats(line, stats);
    }
}
