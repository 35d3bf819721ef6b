package today.p2p.clusters;

import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jspecify.annotations.Nullable;

/** A member of a group of JGroups. */
final class JGroupsSpeaker implements Speaker {
    private final JChannel channel;

    JGroupsSpeaker(String cluster, Taker taker) {
        try {
            channel = new JChannel(JGroupsCopy.STACK);
            channel.setDiscardOwnMessages(true);
            channel.setReceiver(new Receiver() {
                @Override
                public void receive(Message message) {
                    taker.take(message.getArray(), message.getOffset());
                }
            });
            channel.connect(cluster);
        } catch (Exception failed) {
            throw new IllegalStateException("no channel", failed);
        }
    }

    @Override
    public void broadcast(byte[] message) {
        send(null, message);
    }

    @Override
    public void whisper(byte[] message, int times) {
        Address other = channel.getView().getMembers().stream()
                .filter(member -> !member.equals(channel.getAddress()))
                .findFirst()
                .orElseThrow();
        for (int turn = 0; turn < times; turn++) {
            send(other, message);
        }
    }

    /** JGroups keeps the array, which is why none is used twice. */
    private void send(@Nullable Address to, byte[] message) {
        try {
            channel.send(new BytesMessage(to, message));
        } catch (Exception failed) {
            throw new IllegalStateException("not sent", failed);
        }
    }

    @Override
    public int links() {
        return channel.getView().size() - 1;
    }
}
