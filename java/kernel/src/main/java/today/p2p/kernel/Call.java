package today.p2p.kernel;

import java.util.List;
import java.util.Objects;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** What an application asks of its node. Each is answered by one {@link Effect.Complete} with its number. */
public sealed interface Call {

    /** The caller's number for this call; none is used twice. */
    long number();

    /**
     * To every node.
     *
     * @param subFlag 0x00, 0x02, or 0x40 to 0xff
     */
    record Broadcast(long number, int subFlag, List<Value> payload) implements Call {
        public Broadcast {
            payload = List.copyOf(payload);
        }
    }

    /**
     * To one node: on a link to it, and without one by request and response (MSH-16).
     *
     * @param to the bytes of its id
     * @param search whether to look for the node when there is no link; otherwise that is ABSENT
     */
    record Whisper(long number, Bytes to, int subFlag, List<Value> payload, boolean search) implements Call {
        public Whisper {
            Objects.requireNonNull(to);
            payload = List.copyOf(payload);
        }
    }

    /** Dials an address; complete when the handshake is. The dial policy does not apply. */
    record Connect(long number, Address address) implements Call {}

    /** Closes the link to a node. */
    record Disconnect(long number, Bytes id) implements Call {}

    /** For the table that the node holds; the module of the table says what there is. */
    non-sealed interface OnTable extends Call {}

    /** Closes all links and takes no more; every open call fails. */
    record Close(long number) implements Call {}
}
