package today.p2p.live.toy;

import java.util.List;

/** Deliberate defects of the toy node, each one that a real node has had or could have; a live case must catch each. */
public enum ToyDefect {
    WAITS_FOR_HANDSHAKE("its handshake waits for that of the other side", "LNK-1"),
    TALKS_TO_STRANGERS("messages are handled before the handshake", "LNK-3", "LNK-15"),
    ANY_SUBNET("the protocol id is not compared", "LNK-4"),
    KNOWS_NOT_ITSELF("its own id is welcome", "LNK-5"),
    ANY_ADDRESS("the address of a handshake is not looked at", "LNK-6"),
    ANY_CODEC_LIST("a list of codecs of any length is taken", "LNK-7", "LNK-16"),
    INFLATES_FOR_STRANGERS("a handshake may be compressed", "LNK-26"),
    SECOND_HANDSHAKE_ANSWERED("a further handshake is answered like the first", "LNK-9"),
    SECOND_ID_TAKEN("a further handshake may have another id", "LNK-9"),
    SPLITS_FRAMES("header and body are written one after the other", "LNK-11"),
    CHECKSUM_IGNORED("the checksum is not compared", "FRM-7"),
    NEVER_CLOSES("a malformed frame is skipped", "LNK-13"),
    CLOSES_ALL("a malformed frame closes all links", "LNK-13"),
    ANSWERS_BAD_FRAMES("a malformed frame is answered by renegotiate", "LNK-13"),
    LENGTH_BELIEVED("a length above the limit is waited for", "FRM-5"),
    ONE_FRAME_A_CHUNK("of the frames in one chunk only the first is read", "STR-2"),
    UNLISTED_CODEC_READ("every codec is read, listed or not", "CMP-6"),
    CODEC_UNASKED("long frames are coded for peers that listed no codec", "CMP-11", "LNK-9", "LNK-16"),
    ANSWER_CODED("the answer to renegotiate has the list of the peer, not the shared one", "LNK-17"),
    ANSWERS_EQUAL_LISTS("an equal list is answered, too", "LNK-17"),
    RESENDS_ALL("resend repeats handshakes and peers, too", "LNK-18", "LNK-19"),
    RESENDS_ALWAYS("resend is answered as often as it comes", "LNK-18"),
    RENEGOTIATE_RELAYED("renegotiate is relayed", "LNK-19"),
    PONGS_ALWAYS("each ping gets its pong", "LNK-20"),
    UNKNOWN_CLOSES("a sub-flag without a meaning closes the link", "LNK-14"),
    NO_PEERS_SENT("a new peer is not told of the others", "MSH-3"),
    TOLD_OF_ITSELF("a new peer is told of itself, too", "MSH-3"),
    STAR_AS_TEXT_ONLY("request * is known as text only", "MSH-8"),
    BELIEVES_LISTS("whoever is named counts as a peer", "MSH-1"),
    BAD_ITEM_ENDS_LIST("an item of the wrong shape ends the list", "MSH-4"),
    DIALS_NAMES("names are dialled", "MSH-7"),
    DIALS_TWICE("an address is dialled as often as it is named", "MSH-7"),
    NEVER_DIALS("nothing that is named is dialled", "MSH-5"),
    RELAYS_BACK("a broadcast goes back on the link on which it came", "MSH-9"),
    RELAYS_TWICE("a broadcast is relayed twice", "MSH-9", "MSH-12"),
    RELAYS_TO_SENDER("a broadcast is relayed to its sender", "MSH-9"),
    RELAY_REWRITES("a relayed broadcast is encoded anew", "FRM-10"),
    SEEN_FORGOTTEN("a broadcast is accepted again", "MSH-12", "BRD-1"),
    OWN_FORGOTTEN("its own broadcasts are not remembered", "MSH-11"),
    OLDEST_BROADCAST("a broadcast of exactly 60 s ago is accepted", "BRD-1"),
    NEWEST_BROADCAST("a broadcast of exactly 60 s ahead is refused", "BRD-1"),
    FUTURE_BROADCAST("a broadcast may come from the future", "BRD-1"),
    OLD_CLOSES("an old broadcast closes the link", "MSH-10"),
    SAME_TIME_TWICE("two equal broadcasts have one id", "MSH-13"),
    STRANGERS_STAY("a stranger may stay silent for ever", "LNK-8"),
    HALF_FRAMES_STAY("half a frame is waited for", "LNK-22"),
    NEVER_PINGS("silence is not looked into", "LNK-20"),
    DUPLICATES_FOR_EVER("DUP-1 decides about links of any age", "MSH-2"),
    DELIVERS_ALL("whatever is no protocol is delivered", "MSH-14"),
    APPLICATION_FLAGS_LOST("only the sub-flags 0 and 2 are delivered", "MSH-14"),
    WHISPERS_RELAYED("a whisper is relayed", "MSH-15"),
    WHISPERS_TO_ALL("a whisper goes to everybody", "MSH-16"),
    REQUEST_ID_AS_TEXT("a request id goes back as text, always", "MSH-17"),
    NO_ANSWERS("requests are not answered", "MSH-17"),
    ANY_RESPONSE_USED("a response is used, asked for or not", "MSH-18"),
    ANY_ID_WILL_DO("the deferred whisper goes to whoever answers", "MSH-18"),
    BOTH_LINKS_STAY("a second link to a peer stays beside the first", "MSH-2"),
    WRONG_LINK_CLOSED("of two links the other one is closed", "DUP-1"),
    IDS_BY_FORM("an id as binary is another one than as text", "MSG-8", "MSH-2"),
    NO_JOIN("a newcomer is not told of the entries", "SYN-13"),
    JOINS_UNORDERED("a newcomer gets the entries in another order", "SYN-13"),
    JOINS_LATE("the entries come after the answer to request *", "SYN-16"),
    JOINS_RELAYED("an entry that a peer holds is broadcast", "SYN-12"),
    JOIN_OVERWRITES("a join store replaces what is there", "SYN-12"),
    FALSY_OVERWRITTEN("zero, false and what is empty count as absent", "SYN-12"),
    ASKS_NOT("a node that has no entries yet asks for no peers", "SYN-17"),
    NO_LEASES("every change is allowed", "LSE-7"),
    LEASE_BY_CHANGE("the age of an entry is by the time of the change", "LSE-4"),
    REFUSED_SENT("a write of its own is sent though it is refused", "SYN-21"),
    FREE_AT_ONCE("the caller is told the time of the entry, not when it is free", "SYN-22"),
    KEY_AS_TEXT("its own changes have the key as text", "SYN-2"),
    DELTA_REPLACES("a delta replaces the map", "SYN-11"),
    DELTA_ON_ALL("a delta makes a map of any value", "SYN-11"),
    ABSENT_DELETION_CLOSES("a deletion of an absent key closes the link", "SYN-8"),
    ABSENT_DELETION_SENT("its own deletion of an absent key is sent", "SYN-8"),
    DELETIONS_FORGOTTEN("deletions are not remembered", "SYN-14"),
    STRANGERS_HIDE("any deletion of an absent key is remembered", "SYN-14"),
    DELETES_AT_JS2P("js2p gets deletions", "SYN-20"),
    TEXT_IS_JS2P("whoever has its ids as text counts as js2p", "SYN-19"),
    DELETES_AT_PY2P("py2p gets deletions of absent keys", "SYN-20"),
    FUTURE_STORE("a store may come from the future", "SYN-5"),
    WHISPERS_FOR_OTHERS("a whisper may be in any name", "SYN-6"),
    OWN_NAME_TAKEN("a store in its own name is taken", "SYN-6"),
    BAD_STORE_CLOSES("a malformed store closes the link", "SYN-4"),
    NIL_JOINED("a join store with nil sets nil", "SYN-4"),
    ANY_SIZE("a key or value may be of any size", "SYN-9"),
    ANY_COUNT("there may be any number of keys", "SYN-10");

    private final String description;
    private final List<String> clauses;

    ToyDefect(String description, String... clauses) {
        this.description = description;
        this.clauses = List.of(clauses);
    }

    /** What is wrong, in a few words. */
    public String description() {
        return description;
    }

    /** The clauses that the defect breaks; a live case of at least one of them must catch it. */
    public List<String> clauses() {
        return clauses;
    }
}
