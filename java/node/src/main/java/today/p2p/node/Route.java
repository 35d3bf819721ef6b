package today.p2p.node;

import java.util.Optional;
import today.p2p.serializer.Opcode;

/**
 * Who takes a message that a link has passed on: the node's part of {@code
 * protocol-spec/registry/link-states.csv}.
 */
enum Route {
    /** To the application. */
    DELIVER,
    /** Dial what a list of peers names. */
    LEARN,
    /** Send our peers. */
    LIST,
    /** Name the node that is looked for. */
    ANSWER,
    /** The answer to a search of our own. */
    USE,
    /** A table's, when the node has one. */
    TABLE,
    /** Nobody. */
    NOTHING;

    /** Chord meta has the sub-flag and one text (LNK-10). */
    private static final int META_ITEMS = 2;

    /**
     * The cell of the table.
     *
     * @param isBroadcast whether the type is broadcast; otherwise it is whisper
     * @param subFlag 0..255, or negative when it is outside
     * @param items how many payload items there are
     */
    static Route of(boolean isBroadcast, int subFlag, int items) {
        if (subFlag >= Opcode.FIRST_OF_APPLICATIONS) {
            return DELIVER;
        }
        Optional<Opcode> known = Opcode.ofSubFlag(subFlag);
        if (known.isEmpty()) {
            return NOTHING;
        }
        return switch (known.get()) {
            case BROADCAST, WHISPER -> DELIVER;
            case PEERS -> isBroadcast ? NOTHING : LEARN;
            case REQUEST -> isBroadcast ? ANSWER : LIST;
            case RESPONSE -> isBroadcast ? USE : NOTHING;
            case NOTIFY, STORE, DELTA -> TABLE;
            case RETRIEVE, RETRIEVED -> isBroadcast ? NOTHING : TABLE;
            case HANDSHAKE -> !isBroadcast && items == META_ITEMS ? TABLE : NOTHING;
            case RENEGOTIATE, COMPRESSION, PING, PONG, RESEND, FORWARD, NEW_PATHS, REVOKE_PATHS -> NOTHING;
        };
    }
}
