package today.p2p.model.rings;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a node of a Chord Table does. Payloads begin with their sub-flag. */
public interface Outlet {
    /** Sends a whisper on a link. */
    void whisper(int link, ArrayNode payload);

    /** Sends a broadcast of its own. */
    void broadcast(ArrayNode payload);

    /** Tells the application of a change of the key list: {@code add} or {@code delete}. */
    void told(String event, JsonNode key);

    /** A call has ended: with {@code end}, a word, or {@code err}, a code. */
    void ended(int call, ObjectNode how);
}
