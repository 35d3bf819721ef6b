package today.p2p.transport.messages;

import today.p2p.transport.TransportStats;

/**
 * What has happened on one node so far.
 *
 * @param peers with a handshake that is done, now
 * @param messagesIn messages handed to the handler
 * @param messagesOut messages that were queued, counted for each peer
 * @param transport what has happened below
 */
public record NodeStats(int peers, long messagesIn, long messagesOut, TransportStats transport) {}
