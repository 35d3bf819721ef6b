package today.p2p.model.links;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliberate defects of links and meshes: what {@link today.p2p.model.Mutant} is for the other chapters. Each must be
 * caught by a case of a clause that it breaks.
 */
public enum Slip {
    ANY_GREETING("a handshake of any number of items is taken", "LNK-2"),
    STRANGERS_HEARD("messages before the handshake are handled", "LNK-3"),
    CLOSED_LINK_READ("what comes on a closed link is handled", "LNK-15"),
    NO_SUB_FLAG_IGNORED("a message without a sub-flag is ignored, or relayed", "LNK-12"),
    OTHER_TYPES_CLOSE("a type without a meaning closes the link", "LNK-14"),
    HISTORIC_CLOSES("a historic sub-flag closes the link", "LNK-14"),
    ODD_FIVE_CLOSES("the sub-flag 5 with an odd number of items closes the link", "LNK-10"),
    BROADCAST_PING_ANSWERED("a ping that is a broadcast is answered", "MSH-9", "LNK-15"),
    BROADCAST_PEERS_LEARNED("a list of peers that is a broadcast is used", "MSH-9", "LNK-15"),
    RENEGOTIATE_RELAYED("renegotiate is relayed", "LNK-14", "LNK-16"),
    EXTENSIONS_DELIVERED("sub-flags of extensions are delivered", "LNK-14", "MSH-9"),
    UNNAMED_DELIVERED("a sub-flag without a name is delivered", "LNK-14"),

    ANY_SUBNET("the protocol id is not compared", "LNK-4"),
    OWN_ID_TAKEN("a handshake with the own id is taken", "LNK-5"),
    HOST_IN_CHARACTERS("the length of a host is counted in characters", "LNK-6"),
    ANY_PORT("every integer is a port", "LNK-6"),
    CODECS_UNCOUNTED("a codec list may have any length", "LNK-7", "LNK-16"),
    TOKENS_REFUSED("a codec list may hold numbers only", "LNK-7"),
    ID_MAY_CHANGE("a further handshake may have another id", "LNK-9"),
    CODECS_CHECKED_FIRST("the codec list is checked before all else", "LNK-27"),
    OLD_LIST_STAYS("a new codec list is answered and not used", "LNK-16"),
    EQUAL_LISTS_ANSWERED("an equal codec list is answered, too", "LNK-17"),
    LISTS_AS_SETS("codec lists in another order count as equal", "LNK-17"),

    ANY_SIZE_RESENT("a message of any size is kept for resend", "LNK-18"),
    RESEND_LIMIT_REFUSES_ITSELF("a message of exactly max-resend is not kept", "LNK-18"),
    ALWAYS_RESENT("resend is answered as often as it comes", "LNK-18"),
    BROADCASTS_NOT_KEPT("only whispers are kept for resend", "LNK-18"),
    RELAYED_NOT_KEPT("relayed broadcasts are not kept for resend", "LNK-18"),
    OWN_MESSAGES_KEPT("pongs and lists of peers are sent again", "LNK-19"),
    STRANGERS_STAY("a link without a handshake stays", "LNK-8"),
    GREETING_OF_ANY_SIZE("the first frame may be of any size", "LNK-26"),
    ONE_PING("a silent peer is pinged once", "LNK-20"),
    EVERY_PING_ANSWERED("every ping is answered", "LNK-20"),
    SILENCE_KILLS("a peer that never answers pings is closed for it", "LNK-21"),
    DEAD_PEER_STAYS("a peer that ceased to answer stays", "LNK-21"),
    STALLED_PEER_STAYS("a peer that does not read stays", "LNK-21"),
    SLOW_FRAMES_WAIT("a frame that has begun is waited for", "LNK-22"),
    TRICKLE_KEEPS("each byte begins the time of a frame anew", "LNK-22"),
    FIRST_BYTES_BUY_TIME("what comes with the beginning of a frame buys time", "LNK-22"),
    CLAIMS_BUY_TIME("the length that a header claims buys time", "LNK-22"),
    ANY_RATE("messages are read as fast as they come", "LNK-24"),
    BUCKET_WITHOUT_BOTTOM("what was not read in quiet times may be read at once", "LNK-24"),

    OUTGOING_COUNT_TOO("outgoing links count as incoming ones", "MSH-6"),
    STRANGERS_UNCOUNTED("links that are greeting are not counted", "MSH-6"),
    ADDRESSES_UNCOUNTED("links from one address are not counted", "MSH-6"),
    IPV6_APART("IPv6 addresses of one /64 are counted apart", "MSH-6"),
    LINK_QUEUE_REFUSES_ITSELF("what waits on a link must be less than max-link-queue", "LNK-23"),
    NO_LARGE_FRAMES("a frame above max-link-queue cannot be sent", "LNK-23"),
    ANY_LARGE_FRAMES("any number of frames above max-link-queue may wait", "LNK-23"),
    LARGE_FRAMES_COUNT("a frame above max-link-queue leaves no room beside it", "LNK-23"),
    WHAT_LEFT_STILL_WAITS("what has left a link counts on", "LNK-25"),
    CLOSED_LINKS_STILL_WAIT("what waited on a closed link counts on", "LNK-25"),
    ALL_IS_GRANTED("all of max-queue is granted evenly", "LNK-25"),
    NOTHING_IS_GRANTED("nothing of max-queue is granted", "LNK-25"),
    HALF_IS_THE_REST("what the grants leave of their half belongs to nobody", "LNK-25"),
    FIRST_FRAMES_HELD_TO_IT("a frame for a link on which nothing waits is held to the link's part", "LNK-25"),
    FIRST_COME_FIRST_SERVED("one link may take all of the rest", "LNK-25", "LNK-28"),
    LEFT_IS_COUNTED_BEFORE("what all links leave is counted without the new frame", "LNK-25"),
    EACH_LINK_ALONE("what the other links have is not looked at", "LNK-25", "LNK-28"),
    WHAT_IS_LEFT_ONCE("of the rest a link may have what all links leave, not twice", "LNK-25", "LNK-28"),
    PART_REFUSES_ITSELF("a link's part must not be reached", "LNK-25"),
    ALL_IS_READ("a link is read however much is unhandled", "LNK-28"),
    READS_AT_THE_LIMIT("a link is read on at max-link-unhandled", "LNK-28"),
    LARGE_MESSAGES_WAIT("a message that does not fit is never read", "LNK-28"),
    HANDLED_STILL_COUNTS("what was handled counts on", "LNK-28"),
    SAME_SIDE_ASKED("DUP-1 decides on two links that one side dialled", "MSH-2"),
    OLD_LINKS_GIVEN_UP("DUP-1 decides at any age of a link", "MSH-2"),
    LEADING_ZEROS_TAKEN("an address with leading zeros is numeric", "MSH-7"),
    INNER_ADDRESSES_PUBLIC("IPv4 inside IPv6 is not looked at", "MSH-22"),
    LINK_LOCAL_DIALLED("link-local addresses are dialled", "MSH-22"),
    LOOPBACK_IS_ONE_ADDRESS("only 127.0.0.0/31 is loopback", "MSH-22"),
    SHARED_IS_PUBLIC("100.64.0.0/10 is public", "MSH-22"),
    PORT_ZERO_DIALLED("port 0 is dialled", "MSH-7"),
    TEXTS_ARE_ADDRESSES("::ffff:1.2.3.4 is another address than 1.2.3.4", "MSH-7"),
    DIALLED_AGAIN("an address is dialled as often as it is named", "MSH-7"),
    SOURCES_UNCOUNTED("one peer may cause any number of dials", "MSH-7"),
    DIALS_UNCOUNTED("any number of dials is remembered", "MSH-7"),
    PRIVATE_FOR_ALL("everybody may name private addresses", "MSH-7"),
    LOOPBACK_FOR_ALL("everybody may name loopback addresses", "MSH-7"),
    OUTGOING_UNLIMITED("a node dials all that it is told", "MSH-5"),
    KNOWN_DIALLED("peers and the node itself are dialled", "MSH-5"),
    LISTS_READ_WHOLE("a list of peers of any length is read", "MSH-4"),
    BAD_ITEM_SPOILS_LIST("an item of the wrong shape spoils the list", "MSH-4"),
    LISTS_SENT_WHOLE("all peers are sent", "MSH-3"),
    SILENT_LISTED("peers that do not listen are sent", "MSH-3"),
    RECEIVER_LISTED("a peer is told of itself", "MSH-3"),
    ALWAYS_LISTED("the list is sent as often as it is asked for", "MSH-8"),
    ASTERISK_AS_TEXT_ONLY("the asterisk in binary is not known", "MSH-8"),

    ECHOED("a broadcast goes back to where it came from", "MSH-9"),
    SENDER_TOLD("a broadcast goes to its sender", "MSH-9"),
    WINDOW_UNCHECKED("a broadcast of any time is relayed", "MSH-10"),
    DELIVERED_TWICE("a broadcast that was seen is relayed again", "MSH-10", "MSH-12"),
    FORGOTTEN_EARLY("a broadcast is forgotten after half the time", "MSH-11"),
    OLDEST_OF_ALL_GOES("a full seen set loses its oldest entry, whose ever it is", "MSH-11"),
    NEVER_RAISED("equal broadcasts have equal times", "MSH-13"),
    RAISED_FOR_EVER("the time of an equal broadcast is raised without end", "MSH-13"),
    SELF_NOT_NAMED("a node that is looked for does not answer itself", "MSH-17"),
    REQUEST_ID_AS_TEXT("a request id comes back as text", "MSH-17"),
    ANY_RESPONSE_USED("a response to somebody else's request is used", "MSH-18"),
    EVERY_RESPONSE_USED("every response to a request is used", "MSH-18"),
    ANY_NODE_SUITS("a response that names another node is used", "MSH-18"),
    FORBIDDEN_USED_UP("a response with an address that may not be dialled is the last", "MSH-18"),
    RESPONSES_BELIEVED("the address of a response is dialled, whatever it is", "MSH-18"),
    ANY_NODE_IS_TOLD("the whisper goes to whoever is at the address", "MSH-18"),
    WAITS_FOR_EVER("a request has no deadline", "MSH-18"),
    REQUESTS_UNCOUNTED("any number of requests is pending", "MSH-19");

    private final String description;
    private final List<String> clauses;

    Slip(String description, String... clauses) {
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

    /** The deliberate defect that this copy of the rules has, if any. */
    record Slips(@Nullable Slip slip) {

        boolean has(Slip candidate) {
            return slip == candidate;
        }
    }
}
