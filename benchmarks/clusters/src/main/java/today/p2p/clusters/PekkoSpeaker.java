package today.p2p.clusters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/** An actor that sends to the actors of all other systems. */
final class PekkoSpeaker implements Speaker {
    private static final Duration TO_BE_FOUND = Duration.ofSeconds(20);

    private final ActorSystem system;
    private final ActorRef own;
    private volatile List<ActorRef> others = List.of();

    private PekkoSpeaker(String name, Taker taker) {
        system = Pekkos.start(name, "remote");
        own = system.actorOf(Props.create(Listener.class, () -> new Listener(taker)), "listener");
    }

    static List<PekkoSpeaker> start(int count, Taker taker) {
        List<PekkoSpeaker> speakers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            speakers.add(new PekkoSpeaker("bench" + index, taker));
        }
        for (PekkoSpeaker speaker : speakers) {
            List<ActorRef> found = new ArrayList<>();
            for (PekkoSpeaker other : speakers) {
                if (other != speaker) {
                    found.add(speaker.find(other));
                }
            }
            speaker.others = List.copyOf(found);
        }
        return speakers;
    }

    private ActorRef find(PekkoSpeaker other) {
        String path = Pekkos.address(other.system) + "/user/listener";
        return system.actorSelection(path)
                .resolveOne(TO_BE_FOUND)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void broadcast(byte[] message) {
        for (ActorRef other : others) {
            other.tell(message, own);
        }
    }

    @Override
    public void whisper(byte[] message, int times) {
        for (int turn = 0; turn < times; turn++) {
            broadcast(message);
        }
    }

    @Override
    public int links() {
        return others.size();
    }

    private static final class Listener extends AbstractActor {
        private final Taker taker;

        Listener(Taker taker) {
            this.taker = taker;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(byte[].class, message -> taker.take(message, 0))
                    .build();
        }
    }
}
