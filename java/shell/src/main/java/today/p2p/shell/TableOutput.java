package today.p2p.shell;

import java.util.function.Consumer;
import today.p2p.Values;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints what a table tells, as a line for a person or as a JSON object for a program. Called by several threads. */
final class TableOutput {
    private final Terminal terminal;
    private final boolean json;

    TableOutput(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /**
     * Prints one event.
     *
     * @param line for a person; what is strange in it must be harmless already
     * @param fields fills the object, which has the name of the event
     */
    synchronized void say(String event, String line, Consumer<ObjectNode> fields) {
        if (json) {
            ObjectNode object = JsonMapper.shared().createObjectNode().put("event", event);
            fields.accept(object);
            terminal.say(object.toString());
        } else {
            terminal.say(line);
        }
        terminal.out().flush();
    }

    /** A command was not carried out. */
    void failed(String command, Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        say(
                "failed",
                terminal.paint(Terminal.Style.BAD, command + ": " + Readable.line(why)),
                object -> object.put("command", command).put("detail", why));
    }

    /** A value as a person sees it. */
    static String shown(Object value) {
        return new Readable(2000).value(Values.of(value));
    }

    /** A value in the notation of the test vectors. */
    static JsonNode json(Object value) {
        return Notation.write(Values.of(value));
    }
}
