package today.p2p.clusters;

import java.util.ArrayList;
import java.util.List;

/** Libraries whose nodes send messages to all others, each in a setting that is fast for it. */
public enum Crowd {
    /** JGroups over TCP without delay: messages to the group, or to one member. */
    JGROUPS,
    /** Hazelcast: a topic. */
    HAZELCAST,
    /** Pekko: remoting over TCP, an actor at each node. */
    PEKKO;

    /** Starts so many nodes in this process and waits until each knows all. */
    public List<Speaker> start(int count, Speaker.Taker taker) throws InterruptedException {
        String name = "bench-" + ProcessHandle.current().pid();
        if (this == PEKKO) {
            return List.copyOf(PekkoSpeaker.start(count, taker));
        }
        List<Speaker> speakers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            speakers.add(this == JGROUPS ? new JGroupsSpeaker(name, taker) : new HazelcastSpeaker(name, taker));
        }
        for (Speaker speaker : speakers) {
            while (speaker.links() < count - 1) {
                Thread.sleep(10);
            }
        }
        return speakers;
    }
}
