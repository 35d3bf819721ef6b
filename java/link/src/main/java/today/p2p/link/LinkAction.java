package today.p2p.link;

import java.util.Optional;
import today.p2p.serializer.Opcode;

/**
 * What a link does with a message: the link's part of {@code protocol-spec/registry/link-states.csv}
 * (LNK-15).
 */
public enum LinkAction {
    /** Check the first handshake; the link becomes open. */
    ACCEPT,
    /** Check a further handshake; it replaces what the peer said before. */
    REPLACE,
    /** The peer's codec list changes. */
    CODECS,
    /** Send the last message again. */
    RESEND,
    /** Answer a ping. */
    PONG,
    /** The peer has answered a ping. */
    ALIVE,
    /** Hand it to the node stage. */
    PASS,
    /** Nothing; the link stays. */
    IGNORE,
    /** Close the link with ORDER. */
    ORDER,
    /** Close the link with SHAPE. */
    SHAPE,
    /** Nothing; the link is closed already. */
    DROP;

    /** Stands for a sub-flag that is not there or no integer. */
    public static final int NO_SUB_FLAG = -2;

    /** Stands for a sub-flag outside 0..255. */
    public static final int FOREIGN_SUB_FLAG = -1;

    /** A handshake has the sub-flag, id, protocol id, address and codecs (LNK-2). */
    private static final int HANDSHAKE_ITEMS = 5;

    /** Chord meta has the sub-flag and one text (LNK-10). */
    private static final int META_ITEMS = 2;

    /**
     * The cell of the table.
     *
     * @param type 0..255
     * @param subFlag 0..255, {@link #NO_SUB_FLAG} or {@link #FOREIGN_SUB_FLAG}
     * @param items how many payload items there are
     */
    public static LinkAction of(LinkState state, int type, int subFlag, int items) {
        return switch (state) {
            case GREETING -> type == Opcode.WHISPER.number() && isHandshake(subFlag, items) ? ACCEPT : ORDER;
            case OPEN -> subFlag == NO_SUB_FLAG ? SHAPE : open(type, subFlag, items);
            case CLOSED -> DROP;
        };
    }

    private static LinkAction open(int type, int subFlag, int items) {
        Optional<Opcode> known = Opcode.ofType(type);
        if (known.isEmpty()) {
            return IGNORE;
        }
        return switch (known.get()) {
            case BROADCAST -> PASS;
            case RENEGOTIATE -> renegotiate(subFlag);
            case WHISPER -> whisper(subFlag, items);
            default -> IGNORE;
        };
    }

    private static LinkAction renegotiate(int subFlag) {
        if (subFlag == Opcode.COMPRESSION.number()) {
            return CODECS;
        }
        return subFlag == Opcode.RESEND.number() ? RESEND : IGNORE;
    }

    private static LinkAction whisper(int subFlag, int items) {
        if (subFlag == Opcode.PING.number()) {
            return PONG;
        }
        if (subFlag == Opcode.PONG.number()) {
            return ALIVE;
        }
        if (subFlag != Opcode.HANDSHAKE.number() || items == META_ITEMS) {
            return PASS;
        }
        return items == HANDSHAKE_ITEMS ? REPLACE : IGNORE;
    }

    private static boolean isHandshake(int subFlag, int items) {
        return subFlag == Opcode.HANDSHAKE.number() && items == HANDSHAKE_ITEMS;
    }
}
