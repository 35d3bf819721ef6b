package today.p2p.clusters;

/** One of several nodes that send each other messages. */
public interface Speaker {
    /** Sends to all others; may be called by any thread. */
    void broadcast(byte[] message);

    /** Sends the same to the only other node, so many times. */
    default void whisper(byte[] message, int times) {
        throw new UnsupportedOperationException("this one only broadcasts");
    }

    /** How many others there are that it has a way to. */
    int links();

    /** Takes what arrives, once at each node but the one that sent it; called by any thread. */
    interface Taker {
        void take(byte[] array, int offset);
    }
}
