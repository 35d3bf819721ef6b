package today.p2p.model.rings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node with a Chord Table, as chapter 15 has it, good or with one deliberate defect. It is told what comes and what time
 * it is, in milliseconds; what it does goes to its {@link Outlet}. It dials nobody (CRD-20). Not safe for use by several threads.
 */
public final class RingNode {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int META = 5;
    private static final int NOTIFY = 6;
    private static final int REQUEST = 8;
    private static final int STORE = 11;
    private static final int RETRIEVE = 12;
    private static final int RETRIEVED = 13;
    private static final int DELTA = 17;
    private static final int WHISPER = 2;

    private final Terms terms;
    private final RingDefect.Flaws flaws;
    private final Outlet outlet;
    private final Circle circle;
    private final Held held;
    private final Questions questions;
    private final Router router;
    private final KeyList keys;
    private final List<Read> reads = new ArrayList<>();
    private final Map<Integer, Integer> asked = new HashMap<>();
    private @Nullable Leave leave;
    private long lastRound;
    private long nextRound = Long.MAX_VALUE;

    private record Leave(int call, long deadline) {}

    /** A leech without peers. */
    public RingNode(Terms terms, @Nullable RingDefect defect, Outlet outlet) {
        this.terms = terms;
        this.outlet = outlet;
        flaws = new RingDefect.Flaws(defect);
        circle = new Circle(terms.id(), flaws);
        held = new Held(terms, flaws);
        questions = new Questions(terms, flaws, outlet);
        router = new Router(flaws, terms, circle, held, questions, outlet);
        keys = new KeyList(terms, flaws, outlet);
    }

    private boolean has(RingDefect defect) {
        return flaws.has(defect);
    }

    /** Whether it has joined the ring. */
    public boolean isJoined() {
        return circle.joined;
    }

    /**
     * A link is open.
     *
     * @param kit whether its peer is taken for neither py2p nor js2p
     */
    public void meet(int link, BigInteger id, boolean kit) {
        circle.put(new Circle.Member(link, id, kit, null, router.now));
        if (nextRound == Long.MAX_VALUE) {
            lastRound = router.now;
            nextRound = lastRound + terms.timer("upkeep-every", 5);
        }
        if (!has(RingDefect.META_UNSAID)) {
            say(link);
        }
        keys.tell(link);
    }

    private void say(int link) {
        String state = circle.joined ? "0" : "1";
        ArrayNode meta = JSON.arrayNode().add(META);
        outlet.whisper(link, has(RingDefect.META_AS_NUMBER) ? meta.add(Integer.parseInt(state)) : meta.add(state));
    }

    /** A link is gone. */
    public void lose(int link) {
        asked.remove(link);
        Circle.Member gone = circle.remove(link);
        held.left(link);
        questions.left(link);
        if (gone != null && circle.isJoined(gone)) {
            hurry();
            router.handover.settle();
        }
        look();
    }

    /** A message; the payload begins with its sub-flag. */
    public void received(int link, int type, JsonNode payload) {
        int flag = payload.path(0).asInt(-1);
        if (flag == NOTIFY) {
            keys.heard(payload);
        } else if (type == WHISPER || has(RingDefect.BROADCASTS_TAKEN)) {
            if (flag == META && payload.size() == 2) {
                meta(link, payload.get(1));
            } else if (payload.size() > 2) {
                onPosition(link, flag, payload);
            }
        }
        look();
    }

    // CRD-4.
    private void meta(int link, JsonNode state) {
        Circle.Member peer = circle.of(link);
        boolean readable = state.isString() || !has(RingDefect.META_AS_TEXT_ONLY);
        String word = readable ? Items.text(state).orElse("") : "";
        boolean joined = word.equals("0") || has(RingDefect.ODD_META_JOINS) && !word.equals("1");
        boolean known = joined || word.equals("1");
        if (known && has(RingDefect.META_ANSWERED)) {
            say(link);
        }
        if (peer == null || !known || Boolean.valueOf(joined).equals(peer.said()) || !joined && peer.said() == null) {
            return;
        }
        circle.put(new Circle.Member(link, peer.id(), peer.kit(), joined, router.now));
        if (!joined) {
            hurry();
            held.left(link);
            if (!has(RingDefect.LEFT_STILL_ASKED)) {
                questions.left(link);
            }
        }
        router.handover.settle();
    }

    // CRD-19, CRD-30.
    private void round() {
        lastRound = router.now;
        nextRound = lastRound + terms.timer("upkeep-every", 5);
        circle.toAsk()
                .forEach(link ->
                        outlet.whisper(link, JSON.arrayNode().add(REQUEST).add(Items.binary("*"))));
        router.handover.settle();
        if (!has(RingDefect.NEVER_COPIED_AGAIN)) {
            router.copyAgain(terms.limit("copy-again", 16));
        }
    }

    private void hurry() {
        nextRound = Math.min(nextRound, Math.max(router.now, lastRound + terms.timer("upkeep-again", 1)));
    }

    // CRD-7.
    private void onPosition(int link, int flag, JsonNode payload) {
        int items = payload.size();
        int wanted = flag == RETRIEVE ? 3 : 4;
        if (items != wanted && !(items > wanted && has(RingDefect.ITEMS_UNCOUNTED))) {
            return;
        }
        Optional<Place> read = Place.read(payload.get(1), payload.get(2));
        if (read.isEmpty()) {
            if (flag == RETRIEVE && has(RingDefect.UNKNOWN_HASH_ANSWERED)) {
                answer(link, payload, JSON.nullNode());
            }
            return;
        }
        Place place = read.get();
        switch (flag) {
            case STORE -> router.store(place, payload.get(3), link);
            case RETRIEVE -> asked(link, place, payload);
            case RETRIEVED -> questions.answered(link, place, payload.get(3));
            case DELTA -> {
                JsonNode delta = payload.get(3);
                if (Items.isDelta(delta) || Items.isMap(delta) && has(RingDefect.ANY_DELTA)) {
                    router.merge(place, delta, link);
                }
            }
            default -> {
                // Another message with three items or more.
            }
        }
    }

    private void answer(int link, JsonNode question, JsonNode value) {
        ArrayNode payload = JSON.arrayNode().add(RETRIEVED);
        if (has(RingDefect.ANSWER_NORMALISED)) {
            Place place = Place.read(question.get(1), question.get(2)).orElseThrow();
            payload.addAll(place.items(flaws));
        } else {
            payload.add(question.get(1)).add(question.get(2));
        }
        outlet.whisper(link, payload.add(value));
    }

    // CRD-15, CRD-18.
    private void asked(int link, Place place, JsonNode question) {
        boolean isMuch = asked.getOrDefault(link, 0) >= terms.limit("max-link-questions", 256)
                || questions.waiting() >= terms.limit("max-questions", 10240) / 2;
        if (isMuch && !has(RingDefect.QUESTIONS_UNCOUNTED)) {
            return;
        }
        asked.merge(link, 1, Integer::sum);
        router.find(place, link, new Questions.Waiter() {
            private boolean isAnswered;

            @Override
            public void answered(JsonNode value) {
                boolean later = isAnswered && (value.isNull() || has(RingDefect.LATER_VALUE_LOST));
                if (!later && circle.of(link) != null) {
                    answer(link, question, value);
                }
                done();
            }

            @Override
            public void lost() {
                done();
            }

            private void done() {
                if (!isAnswered) {
                    asked.computeIfPresent(link, (key, count) -> count - 1);
                }
                isAnswered = true;
            }
        });
    }

    /** Lets time pass; deadlines are kept in their turn. */
    public void passTo(long time) {
        for (long next = deadline(); next <= time; next = deadline()) {
            router.now = Math.max(router.now, next);
            questions.passTo(router.now);
            for (Read read : List.copyOf(reads)) {
                if (read.deadline <= router.now) {
                    read.giveUp();
                }
            }
            reads.removeIf(Read::isDone);
            if (nextRound <= router.now) {
                round();
            }
            if (router.handover.deadline() <= router.now) {
                router.handover.settle();
            }
            Leave leaving = leave;
            if (leaving != null && leaving.deadline() <= router.now) {
                left(leaving);
            }
            look();
        }
        router.now = Math.max(router.now, time);
    }

    private long deadline() {
        long next = has(RingDefect.WAITS_FOR_EVER) ? Long.MAX_VALUE : questions.deadline();
        for (Read read : reads) {
            next = Math.min(next, read.deadline);
        }
        next = Math.min(next, Math.min(nextRound, router.handover.deadline()));
        Leave leaving = leave;
        return leaving == null ? next : Math.min(next, leaving.deadline());
    }

    /** Reads a key: ends as {@code found} with the value, {@code absent}, {@code split}, or {@code late} with a number. */
    public void get(int call, JsonNode key) {
        if (mayBegin(call, key, JSON.nullNode())) {
            read(call, key, how -> outlet.ended(call, how));
        }
    }

    private void read(int call, JsonNode key, Consumer<ObjectNode> end) {
        if (reads.size() >= terms.limit("max-reads", 1024) && !has(RingDefect.READS_UNCOUNTED)) {
            outlet.ended(call, JSON.objectNode().put("err", "LIMIT"));
            return;
        }
        long deadline = router.now + terms.timer("read-deadline", 10);
        Read read = new Read(Place.of(Items.bytes(key).orElseThrow()), deadline, router, end);
        reads.add(read);
        read.begin();
        reads.removeIf(Read::isDone);
    }

    private boolean mayBegin(int call, JsonNode key, JsonNode value) {
        byte[] bytes = Items.bytes(key).orElseThrow();
        boolean large = bytes.length > Terms.MAX_KEY || terms.size().applyAsInt(value) > Terms.MAX_VALUE;
        boolean nobody = !circle.hasRing() && !has(RingDefect.NOBODY_ASKED);
        if (nobody || large) {
            outlet.ended(call, JSON.objectNode().put("err", nobody ? "ABSENT" : "LIMIT"));
            return false;
        }
        return true;
    }

    /** Sets a key, or deletes it with nil: ends as {@code done}. */
    public void put(int call, JsonNode key, JsonNode value) {
        if (!mayBegin(call, key, value)) {
            return;
        }
        List<Place> places = Place.of(Items.bytes(key).orElseThrow());
        places.subList(0, has(RingDefect.THREE_STORES) ? 3 : 5).forEach(place -> router.store(place, value, null));
        keys.announce(key, value.isNull());
        outlet.ended(call, JSON.objectNode().put("end", "done"));
    }

    /** Merges a map into a key (CRD-9): ends as {@code done}. */
    public void merge(int call, JsonNode key, JsonNode delta) {
        if (!mayBegin(call, key, delta)) {
            return;
        }
        Read[] read = new Read[1];
        long deadline = router.now + terms.timer("read-deadline", 10);
        read[0] = new Read(Place.of(Items.bytes(key).orElseThrow()), deadline, router, how -> {
            String end = how.path("end").asString("");
            JsonNode before = end.equals("absent") ? JSON.objectNode() : how.path("value");
            if (!end.equals("absent") && !end.equals("found")) {
                outlet.ended(call, how);
            } else if (!Items.isMap(before)) {
                outlet.ended(call, JSON.objectNode().put("err", "SHAPE"));
            } else {
                JsonNode after = Items.merged(before, delta);
                for (Place place : read[0].places) {
                    if (end.equals("found") && (read[0].agrees(place) || has(RingDefect.DELTA_TO_ALL))) {
                        router.merge(place, delta, null);
                    } else {
                        router.store(place, after, null);
                    }
                }
                keys.announce(key, false);
                outlet.ended(call, JSON.objectNode().put("end", "done"));
            }
        });
        reads.add(read[0]);
        read[0].begin();
        reads.removeIf(Read::isDone);
    }

    /** Joins the ring (CRD-5). */
    public void join(int call) {
        state(true, !has(RingDefect.JOIN_UNSAID));
        outlet.ended(call, JSON.objectNode().put("end", "done"));
    }

    private void state(boolean joined, boolean said) {
        boolean changes = circle.joined != joined;
        circle.joined = joined;
        if (changes && said) {
            circle.all().forEach(peer -> say(peer.link()));
        }
        router.handover.settle();
    }

    /** Leaves the ring (CRD-29): ends as {@code left}, with what could not be handed over. */
    public void leave(int call) {
        long deadline =
                has(RingDefect.LEAVES_FOR_EVER) ? Long.MAX_VALUE : router.now + terms.timer("leave-deadline", 10);
        leave = new Leave(call, deadline);
        if (has(RingDefect.LEFT_AT_ONCE)) {
            held.clear();
        }
        state(false, !has(RingDefect.LEAVE_UNSAID));
        look();
    }

    private void look() {
        Leave leaving = leave;
        if (leaving != null && (held.count() == 0 || !circle.hasRing())) {
            left(leaving);
        }
    }

    private void left(Leave leaving) {
        outlet.ended(leaving.call(), JSON.objectNode().put("end", "left").put("unconfirmed", held.count()));
        held.clear();
        leave = null;
    }
}
