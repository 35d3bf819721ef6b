package today.p2p.kernel;

import java.util.List;
import java.util.OptionalLong;

/**
 * A table that a node holds beside its mesh. The node tells it what happens and performs what comes back, in
 * order; the table sees neither mesh nor links. One input and the time go in, effects come out. Not
 * thread-safe: all calls on the thread of the node.
 */
public interface Table {

    /** A peer is there, or its link has changed to this one; it was sent {@code peers} just before. */
    List<TableEffect> joined(LinkId link, Handshake peer, boolean isOutgoing, Time now);

    /** The link is gone. Also told of links that never joined. */
    List<TableEffect> left(LinkId link, Time now);

    /** A message whose cell in the table of link states is {@code table} has come, or a list of peers. */
    List<TableEffect> received(Event.Received message, Time now);

    /**
     * Whether a broadcast may be relayed to a peer. Asked for each peer before {@link #received} is told of the
     * broadcast.
     */
    boolean mayRelay(Event.Received message, LinkId to);

    /** Little waits to be written on this link: the answer to {@link Effect.AskRoom}, once for each. */
    List<TableEffect> hasRoom(LinkId link, Time now);

    /** Whether entries are under way to this peer, so that its question for peers has to wait (SYN-16). */
    boolean isSendingTo(LinkId link);

    /**
     * Whether the table needs a link to a node that a peer has named, even when the mesh has enough links. The dial
     * policy still decides (MSH-7).
     */
    default boolean wants(PeerInfo named) {
        return false;
    }

    /** The application asks for something; {@code drafts} dates the broadcasts that come of it. */
    List<TableEffect> called(Call.OnTable call, Drafts drafts, Time now);

    /** The {@link #deadline} has come. */
    List<TableEffect> tick(Time now);

    /** When {@link #tick} is due, in nanoseconds of the monotonic clock. */
    OptionalLong deadline();

    /** The node closes: all open calls end. */
    List<TableEffect> close();
}
