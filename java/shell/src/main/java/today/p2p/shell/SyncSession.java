package today.p2p.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import today.p2p.Peer;
import today.p2p.PeerException;
import today.p2p.Subscription;
import today.p2p.SyncEntry;
import today.p2p.SyncEvent;
import today.p2p.SyncTable;
import today.p2p.Values;
import today.p2p.kernel.Address;
import today.p2p.sync.SyncStats;
import today.p2p.terminal.Readable;
import today.p2p.testee.Notation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The commands of {@code p2p table --sync}, one a line. */
final class SyncSession {
    private static final String HELP =
            "put KEY TEXT, put-json KEY VALUE, get KEY, del KEY, delta KEY {\"FIELD\": VALUE},"
                    + " lease KEY, keys [PREFIX], watch, unwatch, stats, peers, connect HOST:PORT, help, quit";

    private final SyncTable<String> table;
    private final TableOutput out;
    private @Nullable Subscription watch;

    SyncSession(SyncTable<String> table, TableOutput out) {
        this.table = table;
        this.out = out;
    }

    /** Carries out a line; false when it is {@code quit}. */
    boolean run(String line) {
        String[] words = line.strip().split("\\s+", 3);
        String command = words[0];
        try {
            switch (command) {
                case "" -> {}
                case "quit", "exit" -> {
                    return false;
                }
                case "help" -> out.say("help", HELP, object -> object.put("commands", HELP));
                default -> run(command, words);
            }
        } catch (IllegalArgumentException | PeerException | JacksonException | TypeConversionException e) {
            out.failed(command, e);
        } catch (CompletionException e) {
            out.failed(command, e.getCause() == null ? e : e.getCause());
        }
        return true;
    }

    private void run(String command, String[] words) {
        switch (command) {
            case "put" -> put(command, word(words, 1, "a key"), word(words, 2, "a text"));
            case "put-json" -> put(command, word(words, 1, "a key"), value(word(words, 2, "a value")));
            case "get" -> get(word(words, 1, "a key"));
            case "del" -> delete(word(words, 1, "a key"));
            case "delta" -> delta(word(words, 1, "a key"), value(word(words, 2, "a map")));
            case "lease" -> lease(word(words, 1, "a key"));
            case "keys" -> keys(words.length > 1 ? words[1] : "");
            case "watch" -> watch();
            case "unwatch" -> unwatch();
            case "stats" -> stats(table.stats());
            case "peers" -> peers(table.network().peers());
            case "connect" -> connect(word(words, 1, "an address"));
            default -> throw new IllegalArgumentException("no such command; there are " + HELP);
        }
    }

    private void put(String command, String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nil is not a value; 'del' deletes");
        }
        table.put(key, value);
        out.say(
                command,
                Readable.line(key) + " = " + TableOutput.shown(value),
                object -> object.put("key", key).set("value", TableOutput.json(value)));
    }

    private void get(String key) {
        @Nullable Object value = table.get(key);
        if (value == null) {
            out.say(
                    "get",
                    Readable.line(key) + " is not there",
                    object -> object.put("key", key).putNull("value"));
        } else {
            out.say(
                    "get",
                    Readable.line(key) + " = " + TableOutput.shown(value),
                    object -> object.put("key", key).set("value", TableOutput.json(value)));
        }
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
        Object value = table.applyDelta(key, map);
        out.say(
                "delta",
                Readable.line(key) + " = " + TableOutput.shown(value),
                object -> object.put("key", key).set("value", TableOutput.json(value)));
    }

    private void lease(String key) {
        Optional<SyncEntry<String>> entry = table.entry(key);
        if (entry.isEmpty()) {
            out.say("lease", Readable.line(key) + " is not there", object -> object.put("key", key));
            return;
        }
        SyncEntry<String> found = entry.get();
        String line = Readable.line(key) + " was written by " + Readable.line(found.owner()) + " at " + found.time()
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
        String line = keys.size()
                + (keys.size() == 1 ? " key" : " keys")
                + String.join(
                        "",
                        keys.stream().map(key -> "\n  " + Readable.line(key)).toList());
        out.say("keys", line, object -> keys.forEach(object.withArray("keys")::add));
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

    private void changed(SyncEvent<String> event) {
        if (event instanceof SyncEvent.Updated<String> updated) {
            SyncEntry<String> entry = updated.entry();
            String line = "~ " + Readable.line(entry.key()) + " = " + TableOutput.shown(entry.value()) + " by "
                    + Readable.line(entry.owner());
            out.say(
                    "updated",
                    line,
                    object -> object.put("key", entry.key())
                            .put("owner", entry.owner())
                            .set("value", TableOutput.json(entry.value())));
        } else if (event instanceof SyncEvent.Deleted<String> deleted) {
            out.say(
                    "deleted",
                    "~ " + Readable.line(deleted.key()) + " deleted",
                    object -> object.put("key", deleted.key()));
        } else if (event instanceof SyncEvent.Lagged<String> lagged) {
            out.say(
                    "lagged",
                    "~ " + lagged.missed() + " changes were too fast to show",
                    object -> object.put("missed", lagged.missed()));
        }
    }

    private void stats(SyncStats stats) {
        String line = stats.entries() + " keys in " + stats.bytes() + " bytes, " + stats.deletions()
                + " deletions remembered; " + stats.joinsReceived() + " entries received from peers, "
                + stats.joinsSent() + " sent, to " + stats.transfers() + " peers now; refused " + stats.refused();
        out.say(
                "stats",
                line,
                object -> object.setAll((ObjectNode) JsonMapper.shared().valueToTree(stats)));
    }

    private void peers(List<Peer> peers) {
        String line = peers.size()
                + (peers.size() == 1 ? " peer" : " peers")
                + String.join(
                        "",
                        peers.stream()
                                .map(peer -> "\n  " + peer.id() + " at " + HostPort.text(peer.address()))
                                .toList());
        out.say(
                "peers",
                line,
                object -> peers.forEach(
                        peer -> object.withArray("peers").add(peer.id().text())));
    }

    private void connect(String text) {
        Address address = new HostPort().convert(text);
        Peer peer = table.network().connect(address.host(), address.port()).join();
        out.say(
                "connect",
                "linked to " + peer.id(),
                object -> object.put("id", peer.id().text()));
    }

    private static @Nullable Object value(String json) {
        return Values.toJava(Notation.read(JsonMapper.shared().readTree(json)));
    }

    private static String word(String[] words, int index, String what) {
        if (words.length <= index) {
            throw new IllegalArgumentException(what + " is missing; 'help' shows the commands");
        }
        return words[index];
    }
}
