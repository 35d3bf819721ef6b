package today.p2p.clusters;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;

/** A member of Hazelcast that speaks and listens on a topic. */
final class HazelcastSpeaker implements Speaker {
    private final HazelcastInstance instance;
    private final ITopic<byte[]> topic;

    HazelcastSpeaker(String cluster, Taker taker) {
        instance = Hazelcasts.start(cluster);
        topic = instance.getTopic("talk");
        topic.addMessageListener(message -> {
            if (!message.getPublishingMember().localMember()) {
                taker.take(message.getMessageObject(), 0);
            }
        });
    }

    @Override
    public void broadcast(byte[] message) {
        topic.publish(message);
    }

    @Override
    public void whisper(byte[] message, int times) {
        for (int turn = 0; turn < times; turn++) {
            topic.publish(message);
        }
    }

    @Override
    public int links() {
        return instance.getCluster().getMembers().size() - 1;
    }
}
