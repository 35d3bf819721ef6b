package today.p2p.model.rings;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The peers of a node, and who owns what among those that have joined (CHO-5, CRD-2). */
final class Circle {
    private final BigInteger self;
    private final RingDefect.Flaws flaws;
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    boolean joined;

    /**
     * A peer.
     *
     * @param kit whether it is taken for neither py2p nor js2p
     * @param said whether it has said that it has joined; null when it has said nothing
     * @param since when it has said so
     */
    record Member(
            int link, BigInteger id, boolean kit, @Nullable Boolean said, long since) {}

    Circle(BigInteger self, RingDefect.Flaws flaws) {
        this.self = self;
        this.flaws = flaws;
    }

    void put(Member member) {
        members.put(member.link(), member);
    }

    @Nullable
    Member remove(int link) {
        return members.remove(link);
    }

    @Nullable
    Member of(int link) {
        return members.get(link);
    }

    Collection<Member> all() {
        return List.copyOf(members.values());
    }

    boolean isJoined(Member member) {
        Boolean said = member.said();
        return said == null ? flaws.has(RingDefect.SILENT_COUNTS) : said;
    }

    /** The joined peers at a position and behind it, the nearest first; of equal distances the earlier. */
    List<Member> behind(Place place) {
        return members.values().stream()
                .filter(this::isJoined)
                .sorted(Comparator.comparing(member -> place.from(member.id())))
                .toList();
    }

    boolean hasRing() {
        return joined || members.values().stream().anyMatch(this::isJoined);
    }

    /** Whom to ask for peers: the two nearest that have joined on each side, and one other (CRD-19). */
    Set<Integer> toAsk() {
        List<Integer> round =
                behind(new Place("", self)).stream().map(Member::link).toList();
        Set<Integer> chosen = new LinkedHashSet<>(round.subList(0, Math.min(2, round.size())));
        chosen.addAll(round.subList(Math.max(0, round.size() - 2), round.size()));
        members.keySet().stream()
                .filter(link -> !chosen.contains(link))
                .findFirst()
                .ifPresent(chosen::add);
        return chosen;
    }

    boolean isNearer(Member member, Place place) {
        return place.from(member.id()).compareTo(place.from(self)) < 0;
    }

    /** The peer that owns a position; empty when this node does, or nobody. */
    Optional<Member> owner(Place place) {
        return behind(place).stream().findFirst().filter(nearest -> !joined || isNearer(nearest, place));
    }

    /** How many joined peers are nearer to a position than this node. */
    long rank(Place place) {
        return behind(place).stream().filter(member -> isNearer(member, place)).count();
    }
}
