package today.p2p.model;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the model says to one operation. */
public sealed interface Answer {

    /** This answer as a reply of the testee protocol, still without its {@code id}. */
    ObjectNode json();

    /** The operation succeeded; {@code value} is the object that stands under {@code ok}. */
    record Ok(JsonNode value) implements Answer {
        @Override
        public ObjectNode json() {
            ObjectNode reply = JsonNodeFactory.instance.objectNode();
            reply.set("ok", value);
            return reply;
        }
    }

    /**
     * The operation was refused.
     *
     * @param code a code of registry/errors.csv
     * @param offset the byte at which the check failed, counted in {@code space}; -1 when no byte is to blame
     * @param space {@code frame}, {@code plain} (the plain text), {@code message} (the bare message), or empty
     * @param path the item of the message, such as {@code $.payload[1]}; empty when none was reached
     * @param clause the clause that refuses it
     * @param detail one sentence for people
     */
    record Err(String code, long offset, String space, String path, String clause, String detail) implements Answer {
        @Override
        public ObjectNode json() {
            ObjectNode reply = JsonNodeFactory.instance.objectNode();
            reply.put("err", code);
            if (offset >= 0) {
                reply.put("offset", offset);
            }
            return reply.put("detail", detail);
        }
    }
}
