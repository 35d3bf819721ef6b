package today.p2p.runtime;

import today.p2p.kernel.Effect;
import today.p2p.kernel.TableNews;

/**
 * Who hears of what the node does. Called in order, one call at a time, on the callback executor; {@link #hears}
 * apart.
 */
public interface Application {
    /**
     * Something for the application: {@link Effect.PeerConnected}, {@link Effect.Deliver}, {@link
     * Effect.PeerDisconnected}, {@link Effect.TellTable}.
     *
     * @param hold to be kept by whoever is not done with it when this returns
     */
    void on(Effect effect, Hold hold);

    /** Whether anybody hears such news at this moment: if not, no thread is woken for it. On the node's thread. */
    default boolean hears(TableNews news) {
        return true;
    }

    /** The last call: nothing more will come. */
    void closed();
}
