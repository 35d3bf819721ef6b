package today.p2p.network;

/** One of several nodes in a process, each linked to each. */
interface FloodNode {
    /** Sends to all others; may be called by any thread. */
    void broadcast(byte[] message);

    /** How many links there are. */
    int links();

    /** Takes what arrives, once at each node but the one that sent it; called by any thread. */
    interface Taker {
        void take(byte[] array, int offset);
    }
}
