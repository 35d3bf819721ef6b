package today.p2p.kernel;

import java.util.List;
import java.util.Set;
import today.p2p.msgpack.Value;

/** What comes out of a {@link Table}, to be done in the order of the list. */
public sealed interface TableEffect {

    /** Send a draft to every peer but those on the links {@code except}. */
    record Broadcast(Draft draft, Set<LinkId> except) implements TableEffect {
        public Broadcast {
            except = Set.copyOf(except);
        }
    }

    /**
     * Send to one peer; nothing happens when no frame can hold it.
     *
     * @param isRepeatable whether resend may ask for it again (LNK-19)
     */
    record Whisper(LinkId link, List<Value> payload, boolean isRepeatable) implements TableEffect {
        public Whisper {
            payload = List.copyOf(payload);
        }
    }

    /** Whatever the node only passes on. */
    record Perform(Effect effect) implements TableEffect {}
}
