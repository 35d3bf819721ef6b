package today.p2p.serializer;

import java.util.Arrays;
import java.util.Optional;

/**
 * A number with a meaning: a row of {@code protocol-spec/registry/opcodes.csv} (OPC-1).
 *
 * <p>A message has two opcodes, its type and its sub-flag, and each row says where it may stand. The number
 * 0x01 has two names because it has two places: {@link #RENEGOTIATE} is the type, {@link #COMPRESSION} the
 * sub-flag. A number alone is therefore looked up with {@link #ofType} or {@link #ofSubFlag}.
 */
public enum Opcode {
    /** To every node once. */
    BROADCAST(0x00, Place.BOTH, Status.ACTIVE),
    /** Change the codec list, or ask for the last message again. */
    RENEGOTIATE(0x01, Place.TYPE, Status.ACTIVE),
    /** Of renegotiate: the new codec list. */
    COMPRESSION(0x01, Place.SUB_FLAG, Status.ACTIVE),
    /** To one peer. */
    WHISPER(0x02, Place.BOTH, Status.ACTIVE),
    /** Ask whether the peer is alive. */
    PING(0x03, Place.BOTH, Status.ACTIVE),
    /** Answer to ping. */
    PONG(0x04, Place.BOTH, Status.ACTIVE),
    /** First message of a link; with one further item only, chord meta. */
    HANDSHAKE(0x05, Place.SUB_FLAG, Status.ACTIVE),
    /** A key was added to or deleted from a Chord Table. */
    NOTIFY(0x06, Place.SUB_FLAG, Status.ACTIVE),
    /** The peers that a node knows. */
    PEERS(0x07, Place.SUB_FLAG, Status.ACTIVE),
    /** Ask for peers, or for the address of a node. */
    REQUEST(0x08, Place.SUB_FLAG, Status.ACTIVE),
    /** Of renegotiate: send the last message again. */
    RESEND(0x09, Place.SUB_FLAG, Status.ACTIVE),
    /** The address of a node that was asked for. */
    RESPONSE(0x0a, Place.SUB_FLAG, Status.ACTIVE),
    /** Set or delete an entry of a table. */
    STORE(0x0b, Place.SUB_FLAG, Status.ACTIVE),
    /** Ask for an entry of a Chord Table. */
    RETRIEVE(0x0c, Place.SUB_FLAG, Status.ACTIVE),
    /** Answer to retrieve. */
    RETRIEVED(0x0d, Place.SUB_FLAG, Status.ACTIVE),
    /** Reserved for routing experiments. */
    FORWARD(0x0e, Place.SUB_FLAG, Status.RESERVED),
    /** Never sent, ignored when received (OPC-4). */
    NEW_PATHS(0x0f, Place.SUB_FLAG, Status.HISTORIC),
    /** Never sent, ignored when received (OPC-4). */
    REVOKE_PATHS(0x10, Place.SUB_FLAG, Status.HISTORIC),
    /** Merge a map into an entry of a table. */
    DELTA(0x11, Place.SUB_FLAG, Status.ACTIVE);

    /** The first number of extensions; below it are those of the protocol (OPC-2). */
    public static final int FIRST_OF_EXTENSIONS = 0x30;

    /** The first number of applications, which own 0x40 to 0xff (OPC-2). */
    public static final int FIRST_OF_APPLICATIONS = 0x40;

    /** What the registry says of a row's use. */
    public enum Status {
        ACTIVE,
        RESERVED,
        HISTORIC
    }

    private enum Place {
        TYPE,
        SUB_FLAG,
        BOTH
    }

    private static final Opcode[] TYPES = byNumber(Place.TYPE);
    private static final Opcode[] SUB_FLAGS = byNumber(Place.SUB_FLAG);

    private final int number;
    private final Place place;
    private final Status status;

    Opcode(int number, Place place, Status status) {
        this.number = number;
        this.place = place;
        this.status = status;
    }

    /** The number on the wire, 0..255. */
    public int number() {
        return number;
    }

    /** Whether a message may have it as its type. */
    public boolean isType() {
        return place != Place.SUB_FLAG;
    }

    /** Whether a message may have it as its sub-flag. */
    public boolean isSubFlag() {
        return place != Place.TYPE;
    }

    /** Whether it is used, kept free, or a thing of the past. */
    public Status status() {
        return status;
    }

    /** What {@code number} means as the type of a message; empty when the registry has no such type. */
    public static Optional<Opcode> ofType(long number) {
        return lookUp(TYPES, number);
    }

    /** What {@code number} means as a sub-flag; empty when the registry has no such sub-flag. */
    public static Optional<Opcode> ofSubFlag(long number) {
        return lookUp(SUB_FLAGS, number);
    }

    private static Optional<Opcode> lookUp(Opcode[] table, long number) {
        return number >= 0 && number < table.length ? Optional.ofNullable(table[(int) number]) : Optional.empty();
    }

    private static Opcode[] byNumber(Place place) {
        int most = Arrays.stream(values()).mapToInt(Opcode::number).max().orElseThrow();
        Opcode[] table = new Opcode[most + 1];
        for (Opcode opcode : values()) {
            if (opcode.place == place || opcode.place == Place.BOTH) {
                table[opcode.number] = opcode;
            }
        }
        return table;
    }
}
