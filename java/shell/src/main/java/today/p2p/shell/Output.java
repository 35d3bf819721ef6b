package today.p2p.shell;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import today.p2p.Peer;
import today.p2p.Values;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints what happens, as lines for a person or as one JSON object for a program. Called by several threads. */
final class Output {
    private static final int SHORT = 8;

    private final Terminal terminal;
    private final Screen screen;
    private final boolean json;

    Output(Terminal terminal, Screen screen, boolean json) {
        this.terminal = terminal;
        this.screen = screen;
        this.json = json;
    }

    /**
     * Prints one event.
     *
     * @param lines for a person; what is strange in them must be harmless already
     * @param fields fills the object, which has the name of the event
     */
    void say(String event, String lines, Consumer<ObjectNode> fields) {
        if (json) {
            ObjectNode object = JsonMapper.shared().createObjectNode().put("event", event);
            fields.accept(object);
            screen.show(object.toString());
        } else {
            screen.show(lines);
        }
    }

    /** What a table says of a key; null: that it has none. */
    void entry(String event, String key, @Nullable Object value) {
        say(event, Readable.line(key) + (value == null ? " is not there" : " = " + shown(value)), object -> {
            object.put("key", key);
            object.set("value", value == null ? object.nullNode() : json(value));
        });
    }

    /** Changes of a table were dropped, since they came faster than they were shown. */
    void lagged(long missed) {
        say(
                "lagged",
                "~ " + Readable.count(missed, "change") + " came too fast to show",
                object -> object.put("missed", missed));
    }

    /** A command was carried out of which there is no more to tell than one line. */
    void done(String command, String detail) {
        say(
                "done",
                paint(Style.FAINT, command + ": " + Readable.line(detail)),
                object -> object.put("command", command).put("detail", detail));
    }

    /** A command was not carried out. */
    void failed(String command, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        Throwable told = cause == null ? failure : cause;
        String why = told.getMessage() == null ? told.toString() : told.getMessage();
        say(
                "failed",
                paint(Style.BAD, Readable.line(command) + ": " + Readable.line(why)),
                object -> object.put("command", command).put("detail", why));
    }

    String paint(Style style, String text) {
        return terminal.paint(style, text);
    }

    /** A value as a person sees it. */
    static String shown(Object value) {
        return new Readable(2000).value(Values.of(value));
    }

    /** A value in the notation of the test vectors. */
    static JsonNode json(Object value) {
        return Notation.write(Values.of(value));
    }

    static String shown(Peer peer) {
        return shortId(peer.id().text()) + " at " + Readable.line(HostPort.text(peer.address()));
    }

    static ObjectNode fill(ObjectNode object, Peer peer) {
        return object.put("id", peer.id().text())
                .put("host", peer.address().host())
                .put("port", peer.address().port());
    }

    /** The beginning of an id: enough to tell nodes apart that do not mean to deceive. */
    static String shortId(String id) {
        String shown = Readable.line(id);
        return shown.length() <= SHORT ? shown : shown.substring(0, SHORT);
    }

    /** So many of something, and each of it on a line of its own. */
    static String list(String word, List<String> items) {
        String count = Readable.count(items.size(), word);
        return items.isEmpty() ? count : count + "\n  " + String.join("\n  ", items);
    }
}
