package today.p2p.model.rings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliberate defects of Chord Tables: what {@link today.p2p.model.Mutant} is for the other chapters. Each must be caught by
 * a case of a clause that it breaks.
 */
public enum RingDefect {
    LEECH_HOLDS("a leech holds what is stored at it", "CRD-1"),
    SILENT_COUNTS("a peer that has said nothing counts as joined", "CRD-2"),
    META_UNSAID("nothing is said of its state when a link opens", "CRD-3"),
    META_AS_NUMBER("its state is sent as a number", "CRD-3"),
    META_AS_TEXT_ONLY("meta is read as text only", "CRD-4"),
    ODD_META_JOINS("every meta but 1 means joined", "CRD-4"),
    META_ANSWERED("meta is answered", "CRD-4"),
    JOIN_UNSAID("its peers are not told that it joins", "CRD-5"),
    HASH_AS_TEXT("the hash name is sent as text", "CRD-6"),
    POSITION_AS_BINARY("the key is sent as binary", "CRD-6"),
    BROADCASTS_TAKEN("a broadcast store is taken", "CRD-7"),
    ITEMS_UNCOUNTED("further items are ignored", "CRD-7"),
    UNKNOWN_HASH_ANSWERED("an unknown hash name is answered with nil", "CRD-7"),
    ANY_DELTA("a delta may have an array as key", "CRD-7"),
    THREE_STORES("a key is stored at three positions only", "CRD-8"),
    FIRST_STANDS("the first value of a position stays", "CRD-8"),
    DELETION_IGNORED("a deletion changes nothing", "CRD-8"),
    DELTA_REPLACES("a delta replaces the map", "CRD-9"),
    DELTA_ON_ALL("a delta makes a map of any value", "CRD-9"),
    DELTA_TO_ALL("its own delta goes to positions that hold another value", "CRD-9"),
    LONG_VALUE_HELD("a value may be of any size", "CRD-10"),
    ENTRIES_UNCOUNTED("any number of positions is held", "CRD-10"),
    ITEMS_COST_NOTHING("the items inside a value cost nothing", "CRD-10"),
    HEAD_COSTS_128("a position costs 128 beside its value", "CRD-10"),
    DELETES_UNASKED("py2p gets deletions of what it may lack", "CRD-11"),
    DELETION_GIVEN_UP("a deletion for py2p is given up at the first nil", "CRD-11"),
    DELETION_OUTLIVES("a deletion for py2p is sent behind what was written after it", "CRD-11"),
    LIST_UNSAID("a newcomer is not told of the keys", "CRD-12"),
    ANNOUNCED_AGAIN("a key is announced each time that it is set", "CRD-12"),
    NEVER_ANNOUNCED("a new key is not announced", "CRD-12"),
    DELETION_UNANNOUNCED("a deletion is not announced", "CRD-12"),
    NOTIFY_AS_TEXT("a key is announced as text", "CRD-12"),
    LONG_KEY_LISTED("a key of any length is listed", "CRD-12"),
    KEYS_UNCOUNTED("any number of keys is listed", "CRD-12"),
    ONLY_DEL_REMOVES("a second item other than del is not read", "CRD-13"),
    TOLD_OF_ALL("the application is told of a notify that changes nothing", "CRD-13"),
    KEPT_BY_ALL("what is not its own is not passed on", "CRD-14"),
    SENT_BACK("what the owner sends goes back to it", "CRD-14"),
    NOT_SENT_BACK("what the owner sends to a node that has left is dropped", "CRD-14"),
    ANSWER_NORMALISED("an answer has hash name and key in its own types", "CRD-15"),
    NIL_AT_ONCE("a question that is passed on is answered with nil at once", "CRD-15"),
    LATER_VALUE_LOST("a value after a nil is not passed on", "CRD-15"),
    ANY_ANSWER_COUNTS("an answer counts from any peer", "CRD-16"),
    OWNER_ASKS_NOBODY("an owner that lacks an entry says nil at once", "CRD-17"),
    NOT_ADOPTED("what an owner is told by the next one it does not keep", "CRD-17"),
    DELETED_ASKED_FOR("an owner asks for what it was told to delete", "CRD-17"),
    PY2P_ASKED("an owner asks py2p for what it lacks", "CRD-17"),
    ASKER_ASKED("an owner asks the node that asks it", "CRD-17"),
    CHAIN_ENDS("a node that is asked by a nearer one asks nobody in turn", "CRD-17"),
    NEWCOMER_TOLD_NIL("a newcomer that asks the wrong node is told nil", "CRD-35"),
    NIL_BELIEVED("the nil of an owner that has just joined is believed", "CRD-36"),
    NIL_DOUBTED("the nil of any owner is doubted", "CRD-36"),
    ASKED_TWICE("each waiting read asks anew", "CRD-18", "CRD-24"),
    LEFT_STILL_ASKED("a question to a peer that has left stays open", "CRD-18"),
    WAITS_FOR_EVER("a question has no deadline", "CRD-18"),
    QUESTIONS_UNCOUNTED("any number of questions waits", "CRD-18"),
    NIL_WAITS("whoever was told nil still counts among those that wait", "CRD-18"),
    NIL_OVERRIDES("a nil overrides a value", "CRD-21"),
    LAST_VALUE_COUNTS("a value overrides another of its position", "CRD-21"),
    NIL_STAYS("a value after a nil does not count", "CRD-21"),
    TWO_ARE_ENOUGH("two equal values end a read", "CRD-22"),
    FOUR_ARE_NEEDED("a read waits for four equal values", "CRD-22"),
    MOST_FREQUENT("without a majority the most frequent value is taken", "CRD-23"),
    THREE_NILS_END("three nils end a read before the rest has answered", "CRD-23", "CRD-22"),
    ABSENCE_WAITS("absence is known at the deadline only", "CRD-23"),
    NILS_FORGOTTEN("at the deadline three nils do not count", "CRD-23"),
    READS_UNCOUNTED("any number of reads is open", "CRD-24"),
    NOT_REPAIRED("a position that says nil is left so", "CRD-25"),
    OTHERS_OVERWRITTEN("a position that says another value is overwritten", "CRD-25"),
    LATE_NIL_STAYS("a nil after the end of a read is not repaired", "CRD-25"),
    NO_COPIES("an owner makes no copies", "CRD-26"),
    COPIES_TO_ALL("py2p gets copies, too", "CRD-26"),
    ONE_COPY("an owner makes one copy", "CRD-26"),
    DELETION_NOT_COPIED("a deletion does not reach the copies", "CRD-26"),
    COPY_REFUSED("a copy is not kept", "CRD-26"),
    COPY_BY_RANK("a copy is kept by the next two only", "CRD-26"),
    NOT_HANDED_OVER("what another owns is not handed over", "CRD-27"),
    HANDED_OVER_UNASKED("what another owns is sent to it without a question", "CRD-27"),
    PY2P_ASKED_FOR_ALL("py2p is asked for all that it is to have at once", "CRD-33"),
    OWN_VALUE_STAYS("a value that the owner has instead is not taken over", "CRD-27"),
    SILENT_UNTIL_CONFIRMED("a question for a position that is not confirmed is passed on", "CRD-27"),
    FORGOTTEN_AT_ONCE("a position is forgotten when it has been sent", "CRD-28"),
    FORGOTTEN_EARLY("a copy that is confirmed is forgotten at once", "CRD-28"),
    NEVER_FORGOTTEN("a copy is kept for ever", "CRD-28"),
    LEAVE_UNSAID("its peers are not told that it leaves", "CRD-29"),
    LEFT_AT_ONCE("it leaves without handing over", "CRD-29"),
    LEAVES_FOR_EVER("it waits for ever for what it cannot hand over", "CRD-29"),
    NEVER_COPIED_AGAIN("copies are sent once", "CRD-30"),
    NOBODY_ASKED("a call waits when nobody has joined", "CRD-31");

    private final String description;
    private final List<String> clauses;

    RingDefect(String description, String... clauses) {
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

    /** The deliberate defect that this node has, if any. */
    record Flaws(@Nullable RingDefect defect) {

        boolean has(RingDefect candidate) {
            return defect == candidate;
        }
    }
}
