package today.p2p.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliberate defects, each one that a real implementation has had or could have. The model with a mutant switched on
 * must be caught by a case of a clause that the mutant breaks; so each clause is known to have a case that can fail.
 */
public enum Mutant {
    LENGTH_LITTLE_ENDIAN("the length is read and written little-endian", "FRM-1"),
    LENGTH_COUNTS_HEADER("the length counts its own 4 bytes", "FRM-1"),
    CHECKSUM_OVER_FRAME("the checksum covers the header too", "FRM-3"),
    FRAME_LIMIT_REFUSES_ITSELF("a frame of exactly max-frame is refused", "FRM-5"),
    FRAME_LIMIT_AT_THE_END("a length above the limit is waited for", "FRM-5"),
    SHORT_UNCHECKED("a body below 32 bytes goes to the decompressors", "FRM-6"),
    CHECKSUM_IGNORED("the checksum is not compared", "FRM-7", "CMP-8"),
    EXTRA_BYTES_IGNORED("bytes after the one expected frame are ignored", "FRM-8"),
    BIG_FRAME_SENT("a frame above the limits is sent", "FRM-9", "MPK-15"),
    TIME_ZERO_IS_NOW("time 0 is replaced by the present on encoding", "FRM-12"),

    ONE_FRAME_A_CHUNK("of the frames in one chunk only the first is yielded", "STR-1", "STR-2"),
    GLUED_HEADER_LOST("exactly 4 bytes behind a frame are dropped", "STR-2"),
    MISSING_IGNORES_HEADER("missing is 0 while the header is incomplete", "STR-3"),

    MAP_AS_MESSAGE("a map counts as an array of keys and values", "MSG-1"),
    TWO_ITEMS_ENOUGH("a message without a time is given time 0", "MSG-2"),
    FLOAT_TYPE("a float is taken as type", "MSG-3"),
    TYPE_WRAPS("a type outside 0..255 keeps its low byte", "MSG-4"),
    ANY_SENDER("any value is taken as sender", "MSG-5"),
    TEXT_TIME("a text of digits is taken as time", "MSG-6"),
    NEGATIVE_TIME("a negative time is taken", "MSG-6"),
    PAYLOAD_REQUIRED("a message without payload is refused", "MSG-7"),
    BINARY_AS_TEXT("binary that is UTF-8 is delivered as text", "MSG-9"),

    LONG_FORMS_REFUSED("a longer form than needed is refused", "MPK-2"),
    FLOAT_AS_INTEGER("a whole float is delivered as integer", "MPK-3"),
    NEGATIVE_ZERO_LOST("-0.0 is delivered as 0.0", "MPK-3"),
    SIGNALLING_NAN_KEPT("a float 32 that is a signalling NaN is widened bit by bit", "MPK-17", "MPK-9"),
    NAN_PAYLOAD_LOST("every NaN in float 32 becomes the same one", "MPK-17"),
    INTEGERS_AS_DOUBLES("integers pass through a double", "MPK-4"),
    UINT64_SIGNED("uint 64 is read as signed", "MPK-4"),
    C1_IS_NIL("the byte 0xc1 is read as nil", "MPK-5"),
    CUT_TEXT_TAKEN("a text or binary that is cut off is taken as far as it goes", "MPK-6"),
    COUNT_TRUSTED("room is made for as many items as an array or map claims", "MPK-6"),
    DEPTH_LIMIT_REFUSES_ITSELF("nesting of exactly max-depth is refused", "MPK-7"),
    ITEM_LIMIT_REFUSES_ITSELF("a message of exactly max-items items is refused", "MPK-16"),
    ITEMS_UNCOUNTED("the items of a message are not counted", "MPK-16", "MPK-15"),
    OWN_DEPTH_LIMIT("nesting of up to 1000 is taken", "MPK-7", "MPK-15"),
    UTF8_REPLACED("ill-formed UTF-8 is replaced", "MPK-8"),
    UTF8_SURROGATES("surrogates in UTF-8 are taken", "MPK-8"),
    REPEATED_KEY_LAST_WINS("of a repeated key the last entry wins", "MPK-9"),
    KEYS_BY_FORM("keys are compared by their bytes, not by their value", "MPK-9"),
    KEYS_TEXT_ONLY("a key that is not text is refused", "MPK-9"),
    TRAILING_IGNORED("bytes after the message array are ignored", "MPK-10"),
    EXT_REFUSED("ext is refused", "MPK-11", "MPK-1"),
    INTEGERS_SENT_LONG("integers are written in 64 bits, always", "MPK-12"),
    FLOATS_SENT_SHORT("a float that fits is written as float 32", "MPK-13"),
    MAP_SORTED("maps are written in the order of their keys", "MPK-14"),
    NONSENSE_SENT("what no decoder accepts is encoded", "MPK-15"),

    ANY_KIND_SENT("a type and a time of another kind count as 0 when encoding", "MPK-18"),
    TIME_CHECKED_FIRST("an encoder looks at the time before the sender", "MPK-19"),
    PAYLOAD_CHECKED_FIRST("an encoder looks at the payload before the rest", "MPK-19"),

    END_UNCHECKED("bytes after the end of a compressed stream are ignored", "CMP-2"),
    CUT_STREAM_TAKEN("a compressed stream that is cut off yields what it has", "CMP-2"),
    BOMB_UNCAPPED("inflating stops at the limit and keeps what there is", "CMP-3"),
    RATIO_UNCHECKED("only the size of the output is capped, not the ratio", "CMP-3"),
    RATIO_FROM_THE_FIRST_BYTE("the ratio is held against small outputs too", "CMP-3"),
    RATIO_OF_THE_FRAME("the ratio is taken over header and body", "CMP-3"),
    ANNOUNCEMENT_BELIEVED("an announced size above the limit is a bomb", "CMP-17"),
    INFLATED_LIMIT_REFUSES_ITSELF("plain text of exactly max-inflated is refused", "CMP-3"),
    LACKING_CODEC_IS_RAW("a codec that is not there passes the data through", "CMP-4"),
    WINDOW_UNCHECKED("a dictionary or window of any size is made room for", "CMP-16"),
    RAW_REFUSED("a raw body is refused once codecs are agreed", "CMP-5"),
    UNLISTED_CODEC_READ("every codec is read, listed or not", "CMP-6"),
    SNAPPY_FIRST("snappy is tried first and alone", "CMP-7"),
    FIRST_SUCCESS("the first candidate that inflates is taken", "CMP-8"),
    MAGIC_DECIDES("a body with the magic bytes of a listed codec is never raw", "CMP-8"),
    HANDSHAKE_COMPRESSED("a handshake is compressed", "CMP-12"),
    ALWAYS_COMPRESSED("a frame is compressed though it grows", "CMP-14", "CMP-13"),
    SHORT_COMPRESSED("a plain text below compress-from is compressed", "CMP-13"),
    LITTLE_SAVED("a frame is compressed though it saves but a few bytes", "CMP-13"),

    PEER_ORDER("the shared codecs stand in the peer's order", "NEG-1"),
    SHARED_REPEATED("a codec that is listed twice is shared twice", "NEG-1"),
    LAST_SHARED("the sender takes the last shared codec", "NEG-2"),
    UNKNOWN_SHARED("numbers of the peer that are no codecs of ours are shared", "NEG-3"),

    ANOTHER_ALPHABET("the lower-case digits come first", "B58-1"),
    ZERO_IS_EMPTY("zero is written as empty text", "B58-2"),
    ONES_FOR_ZERO_BYTES("a digest's leading zero bytes become leading ones", "B58-3"),
    LEADING_ONES_REFUSED("leading ones are refused", "B58-4"),
    STRANGE_DIGITS_TAKEN("a character that is no digit counts as -1", "B58-5"),
    WHITE_SPACE_TRIMMED("white space around base58 is ignored", "B58-5"),
    EMPTY_IS_ZERO("empty text is read as zero", "B58-5"),
    BASE58_BY_CHARACTERS("the length of base58 is counted in characters", "B58-6"),
    LONG_BASE58_TAKEN("base58 has no limits", "B58-6"),
    SUBNET_SEPARATED("the parts of a protocol id are joined with a space", "SUB-1"),
    PATCH_VERSION("the patch version is part of the protocol id", "SUB-1", "VER-1"),
    NODE_ID_SHORT("a node id is made with SHA-256", "NID-1"),
    ANY_NODE_ID("a node id that is no base58 counts as 0", "NID-4", "DUP-1"),
    IDS_AS_TEXT("ids are ordered as text", "NID-5", "DUP-1"),

    CONFLICT_INVERTED("the other of two links is closed", "DUP-1"),
    FUTURE_BROADCAST("a broadcast may come from the future", "BRD-1"),
    OLDEST_BROADCAST("a broadcast of exactly 60 s ago is accepted", "BRD-1"),
    NEWEST_BROADCAST("a broadcast of exactly 60 s ahead is refused", "BRD-1"),
    SEEN_IGNORED("a broadcast is accepted again", "BRD-1"),

    ABSENT_REFUSED("a key that is absent is refused", "LSE-1"),
    OWNER_NEEDS_NEWER("the owner may not write with an older time", "LSE-2"),
    DELTA_NEEDS_OWNER("a delta without leasing is held to the other rows", "LSE-3"),
    DELTA_WITH_LEASING("a delta is allowed with leasing too", "LSE-3"),
    LEASE_LAPSES_AT_3600("a lease of exactly 3600 s has lapsed", "LSE-4"),
    TIE_TO_THE_LARGER("of equal times the larger owner wins", "LSE-5"),
    OWNERS_SIGNED("owners are compared as signed bytes", "LSE-5"),
    NEWEST_WINS_ALWAYS("with leasing, too, the newest wins", "LSE-6", "LSE-7"),
    OLDEST_WINS("without leasing the oldest wins", "LSE-6"),

    JOIN_BROADCAST("a join store is taken from a broadcast", "SYN-4"),
    AHEAD_TAKEN("a change from the future is taken", "SYN-5"),
    FORGED_CHANGE("a change is taken in anybody's name", "SYN-6"),
    LONG_KEY_TAKEN("keys and owners have no limit", "SYN-9", "SYN-6"),
    LONG_VALUE_TAKEN("values have no limit", "SYN-9"),
    ABSENT_DELETED("a deletion of an absent key is told", "SYN-8"),
    DELTA_REPLACES("a delta on what is no map replaces it", "SYN-11"),
    NIL_REMOVES("nil in a delta removes the key", "SYN-11"),
    FALSY_IS_ABSENT("a join store overwrites zero, false and empty text", "SYN-12"),
    DELETION_FORGOTTEN("an older join store undoes a deletion", "SYN-14"),

    DISTANCE_BOTH_WAYS("distance is the shorter way round", "CHO-1"),
    UNSHIFTED("short digests are not shifted", "CHO-2"),
    SHA512_REDUCED("the sha512 position is reduced to the ring", "CHO-3"),
    SUCCESSOR_OWNS("the node at or ahead of a key owns it", "CHO-5"),
    SELF_ALWAYS_JOINED("a node that has not joined counts itself", "CHO-5"),
    LATER_CANDIDATE_WINS("of equal distances the later candidate wins", "CHO-5"),
    AHEAD_IS_BEHIND("the node ahead is looked for behind", "CHO-6");

    private final String description;
    private final List<String> clauses;

    Mutant(String description, String... clauses) {
        this.description = description;
        this.clauses = List.of(clauses);
    }

    /** What is wrong, in a few words. */
    public String description() {
        return description;
    }

    /** The clauses that the defect breaks; the cases of at least one of them must catch it. */
    public List<String> clauses() {
        return clauses;
    }

    /** The deliberate defect that this copy of the model has, if any. */
    record Defects(@Nullable Mutant mutant) {

        static final Defects NONE = new Defects(null);

        boolean is(Mutant candidate) {
            return mutant == candidate;
        }
    }
}
