package today.p2p.shell;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import today.p2p.Peer;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints what happens, as lines for a person or as one JSON object for a program. Called by several threads. */
public final class Output {
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
    public void say(String event, String lines, Consumer<ObjectNode> fields) {
        if (json) {
            ObjectNode object = JsonMapper.shared().createObjectNode().put("event", event);
            fields.accept(object);
            screen.show(object.toString());
        } else {
            screen.show(lines);
        }
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

    /** Text in a style, where that is wanted. */
    public String paint(Style style, String text) {
        return terminal.paint(style, text);
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
    public static String shortId(String id) {
        String shown = Readable.line(id);
        return shown.length() <= SHORT ? shown : shown.substring(0, SHORT);
    }

    /** So many of something, and each of it on a line of its own. */
    public static String list(String word, List<String> items) {
        String count = Readable.count(items.size(), word);
        return items.isEmpty() ? count : count + "\n  " + String.join("\n  ", items);
    }
}
