package today.p2p.link;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.EvenDeflate;

/** What the peer can read, and what we therefore send (NEG-1, NEG-2, LNK-16, LNK-17, LNK-34). */
final class PeerCodecs {
    private final List<Codec> own;
    private List<Long> listed = List.of();
    private List<Codec> shared = List.of();
    private boolean isEven;
    private @Nullable Codec sending;

    PeerCodecs(List<Codec> own) {
        this.own = own;
    }

    /** The integers of a codec list; whatever else it holds is left out (NEG-3). */
    static List<Long> integers(List<Value> list) {
        List<Long> numbers = new ArrayList<>();
        for (Value item : list) {
            if (item instanceof Value.Int number && !number.isAboveLong()) {
                numbers.add(number.longValue());
            }
        }
        return List.copyOf(numbers);
    }

    /** From now on frames are such as py2p and js2p bear, as far as the codecs allow (LNK-34). */
    void codeAll() {
        isEven = true;
        sending = null;
    }

    /** Takes the peer's list; whether it differs from the one before. */
    boolean replace(List<Long> list) {
        boolean differs = !list.equals(listed);
        listed = list;
        sending = null;
        List<Codec> both =
                own.stream().filter(codec -> list.contains((long) codec.code())).toList();
        shared = both.size() == own.size() ? own : both;
        return differs;
    }

    /** The codec of what we send; null: raw. */
    @Nullable
    Codec sending() {
        if (sending == null && !shared.isEmpty()) {
            Stream<Codec> even =
                    isEven ? shared.stream().flatMap(codec -> EvenDeflate.of(codec).stream()) : Stream.of();
            sending = even.findFirst().orElse(shared.get(0));
        }
        return sending;
    }

    /** The numbers of the shared codecs, in our order. */
    Value.Array sharedNumbers() {
        return Value.of(shared.stream().map(codec -> Value.of(codec.code())).toList());
    }
}
