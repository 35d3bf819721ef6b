package today.p2p.live;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The side door of a testee: what its nodes shall do, and what they tell. Used by one thread at a time. */
public interface Control {
    /**
     * Asks one operation of the testee protocol, such as {@code node.open}.
     *
     * @throws Lost when no answer came, or none that is a reply
     */
    Reply ask(String op, ObjectNode in) throws Lost, InterruptedException;

    /**
     * A reply.
     *
     * @param ok the answer; null for a refusal
     * @param error the error code of a refusal; empty otherwise
     * @param skip why the testee cannot do it; empty otherwise
     */
    record Reply(@Nullable JsonNode ok, String error, String skip) {
        /** An answer. */
        public static Reply of(JsonNode ok) {
            return new Reply(ok, "", "");
        }
    }

    /** The testee is gone, hangs or talks nonsense; whoever drives it knows which. */
    final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        public Lost(String message) {
            super(message);
        }
    }
}
