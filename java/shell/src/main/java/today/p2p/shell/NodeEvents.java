package today.p2p.shell;

import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.Message;
import today.p2p.Peer;
import today.p2p.kernel.CloseReason;
import today.p2p.runtime.NodeStatus;

/** What {@code p2p node} tells, as lines for a person or for a program. Called by several threads. */
interface NodeEvents {
    void listening(MeshNetwork network, String subnet);

    void connected(Peer peer);

    void disconnected(Peer peer, CloseReason reason);

    /**
     * A message came.
     *
     * @param number by which {@code reply} names it
     */
    void message(long number, Message message);

    /** A command was carried out. */
    void done(String command, String detail);

    /** A command was not carried out. */
    void failed(String command, String why);

    void peers(List<Peer> peers);

    void status(NodeStatus status);

    void closed();
}
