package today.p2p;

import today.p2p.msgpack.Bytes;

/**
 * A message that was handed to links. It says nothing of its arrival.
 *
 * @param id the message id, 32 bytes: every receiver sees the same
 * @param links to how many links it went; 0 when there is no peer
 */
public record Sent(Bytes id, int links) {}
