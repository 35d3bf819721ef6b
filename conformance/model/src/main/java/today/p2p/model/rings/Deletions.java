package today.p2p.model.rings;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** What is to be deleted at py2p and js2p, which are asked for it before (CRD-11). */
final class Deletions {
    private final RingDefect.Flaws flaws;
    private final Questions questions;
    private final BiConsumer<Integer, Place> send;
    private final Set<Deletion> wanted = new HashSet<>();

    /** @param send tells a link to delete a position */
    Deletions(RingDefect.Flaws flaws, Questions questions, BiConsumer<Integer, Place> send) {
        this.flaws = flaws;
        this.questions = questions;
        this.send = send;
    }

    void begin(int link, Place place, long now) {
        Deletion deletion = new Deletion(link, place);
        wanted.add(deletion);
        questions.ask(link, place, deletion, now);
    }

    /** Something was written at a position after it was deleted. */
    void written(int link, Place place) {
        if (!flaws.has(RingDefect.DELETION_OUTLIVES)) {
            end(link, place);
        }
    }

    private void end(int link, Place place) {
        wanted.removeIf(each -> each.link == link && each.place.equals(place));
    }

    /** One of them. */
    private final class Deletion implements Questions.Waiter {
        private final int link;
        private final Place place;

        Deletion(int link, Place place) {
            this.link = link;
            this.place = place;
        }

        @Override
        public void answered(JsonNode there) {
            if (there.isNull()) {
                if (flaws.has(RingDefect.DELETION_GIVEN_UP)) {
                    wanted.remove(this);
                }
            } else if (wanted.contains(this)) {
                end(link, place); // one is enough, however often it was deleted
                send.accept(link, place);
            }
        }

        @Override
        public void lost() {
            wanted.remove(this); // nobody knows whether it is there
        }
    }
}
