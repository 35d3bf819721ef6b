package today.p2p.simulator.ring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Value;

/** Who was asked, what came back, and what this node has answered. */
final class Talk {
    private static final int MAJORITY = 3;

    // Gone through only where the order does not matter.
    private final Map<LinkId, Ends> links = new HashMap<>();
    private final Map<Spot, Set<Value>> said = new HashMap<>();

    /** A question of this node's own. */
    void asks(LinkId link, Spot spot) {
        ends(link).asked.add(spot);
    }

    /** A peer has said something: an answer to what it was asked, or a change. */
    void hears(LinkId link, Word word) {
        Ends ends = ends(link);
        switch (word.opcode()) {
            case RETRIEVE -> ends.questions.merge(List.of(word.hashName(), word.key()), 1, Integer::sum);
            case RETRIEVED -> {
                if (ends.asked.contains(word.spot()) && !word.isNil()) {
                    ends.holds.add(word.spot());
                    knows(word.spot(), word.value());
                }
            }
            case STORE -> {
                if (!word.isNil()) {
                    ends.holds.add(word.spot());
                }
            }
            default -> {}
        }
    }

    /** This node has had a value at a position, or was told of it. */
    void knows(Spot spot, Value value) {
        said.computeIfAbsent(spot, one -> new HashSet<>()).add(value);
    }

    /** What stands here has changed: who held what was there before may not hold this. */
    void changes(Spot spot, @Nullable LinkId by) {
        links.forEach((link, ends) -> {
            if (!link.equals(by)) {
                ends.holds.remove(spot);
            }
        });
    }

    void left(LinkId link) {
        links.remove(link);
    }

    /** Whether a peer was seen to hold a position, over the link that it has. */
    boolean isSeenToHold(@Nullable LinkId link, Spot spot) {
        return link != null && ends(link).holds.contains(spot);
    }

    /** Whether three of five positions have said a value, to this node or in it. */
    boolean isMajority(List<Spot> spots, Value value) {
        return spots.stream()
                        .filter(spot -> said.getOrDefault(spot, Set.of()).contains(value))
                        .count()
                >= MAJORITY;
    }

    /** Whether an answer is one too many: as many values and as many nils as questions, in their own words. */
    boolean isTooMany(LinkId link, Word answer) {
        Ends ends = ends(link);
        List<Value> words = List.of(answer.hashName(), answer.key());
        Map<List<Value>, Integer> given = answer.isNil() ? ends.nils : ends.values;
        return given.merge(words, 1, Integer::sum) > ends.questions.getOrDefault(words, 0);
    }

    private Ends ends(LinkId link) {
        return links.computeIfAbsent(link, one -> new Ends());
    }

    /** What goes to and fro on one link. */
    private static final class Ends {
        final Set<Spot> asked = new HashSet<>();
        final Set<Spot> holds = new HashSet<>();
        final Map<List<Value>, Integer> questions = new HashMap<>();
        final Map<List<Value>, Integer> nils = new HashMap<>();
        final Map<List<Value>, Integer> values = new HashMap<>();
    }
}
