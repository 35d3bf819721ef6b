package today.p2p.runtime;

import today.p2p.kernel.Effect;

/** Who hears of what the node does. Called in order, one call at a time, on the callback executor. */
public interface Application {
    /**
     * Something for the application: {@link Effect.PeerConnected}, {@link Effect.Deliver}, {@link
     * Effect.PeerDisconnected}, {@link Effect.TellTable}.
     *
     * @param hold to be kept by whoever is not done with it when this returns
     */
    void on(Effect effect, Hold hold);

    /** The last call: nothing more will come. */
    void closed();
}
