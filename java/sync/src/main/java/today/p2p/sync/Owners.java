package today.p2p.sync;

import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Delta;
import today.p2p.msgpack.Value;

/**
 * Owners that entries share: a join store brings its owner with each entry, and there are far fewer of them than
 * entries. What is remembered is bounded, so owners that a stranger makes up cost others nothing but their sharing.
 */
final class Owners {
    private static final int PLACES = 1024;

    /** Each owner has one place; the last one of those who have the same is in it. */
    private final Value.@Nullable ByteString[] places = new Value.@Nullable ByteString[PLACES];

    /** An equal owner, in the type with which it came (SYN-3), that does not hold on to a frame. */
    Value.ByteString shared(Value.ByteString owner) {
        int hash = owner.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Value.ByteString known = places[place];
        if (owner.equals(known)) {
            return known;
        }
        Value.ByteString own = (Value.ByteString) Delta.compact(owner);
        places[place] = own;
        return own;
    }
}
