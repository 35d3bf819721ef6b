package today.p2p.transport.messages;

import today.p2p.transport.DisconnectReason;

/**
 * What a user does about the peers of a node. For each peer {@link #connected} comes once, then the messages in
 * their order, then {@link #disconnected} once, never two at a time; for two peers they may come at the same
 * time. They run on the callback executor and may block: a peer whose handler is slower than the peer is not read
 * from meanwhile, and no other peer notices.
 *
 * <p>A throw closes the link of that peer with {@code HANDLER_FAILED}.
 *
 * @param <M> the messages
 */
public interface PeerHandler<M> {

    /** A peer is there, its handshake done. Messages may be sent. */
    default void connected(Peer<M> peer) {}

    /** A message came. */
    void message(Peer<M> peer, M message);

    /** The peer is gone; what it had sent before came before this. */
    default void disconnected(Peer<M> peer, DisconnectReason reason) {}
}
