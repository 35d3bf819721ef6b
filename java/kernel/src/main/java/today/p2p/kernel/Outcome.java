package today.p2p.kernel;

import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;

/** How a call ended. */
public sealed interface Outcome {

    /**
     * A message was handed to links; it says nothing of its arrival.
     *
     * @param id the message id
     * @param links to how many links
     */
    record Sent(Bytes id, int links) implements Outcome {}

    /** There is an open link to this peer. */
    record Connected(PeerInfo peer) implements Outcome {}

    /** What was asked for is done. */
    record Done() implements Outcome {}

    /** What a call of a table has led to; the module of the table says what there is. */
    non-sealed interface OfTable extends Outcome {}

    /** It was not done. */
    record Failed(ErrorCode error, String detail) implements Outcome {}

    /** No link came about, or it was closed before its handshake was accepted. */
    record NotConnected(CloseReason reason) implements Outcome {}
}
