package today.p2p.kernel;

import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.PackedMessage;

/** What comes out of the node stage, to be done in the order of the list. */
public sealed interface Effect {

    /**
     * Send on a link; nothing happens when it is closed by now.
     *
     * @param isRepeatable whether resend may ask for it again (LNK-19)
     */
    record Send(LinkId link, PackedMessage message, boolean isRepeatable) implements Effect {}

    /** Close a link; nothing happens when it is closed by now. */
    record Close(LinkId link, CloseReason reason) implements Effect {}

    /**
     * Open a connection; answered by {@link Event.LinkUp} or {@link Event.DialFailed}, one of them, once.
     *
     * @param dial its number, given by the node
     */
    record Dial(long dial, Address address) implements Effect {}

    /** Hand a message to the application. */
    record Deliver(Delivery delivery) implements Effect {}

    /** Say {@link Event.Room} as soon as at most {@code join-chunk} bytes wait on this link; at once if they do now. */
    record AskRoom(LinkId link) implements Effect {}

    /** Hand news of the node's table to the application. */
    record TellTable(TableNews news) implements Effect {}

    /** A call has ended. */
    record Complete(long call, Outcome outcome) implements Effect {
        /** A call that came to nothing. */
        public static Complete failed(long call, ErrorCode error, String detail) {
            return new Complete(call, new Outcome.Failed(error, detail));
        }
    }

    /** A peer is there: the first of all that the application hears of it. */
    record PeerConnected(PeerInfo peer, LinkId link, boolean isOutgoing) implements Effect {}

    /** A peer is gone: the last that the application hears of it. */
    record PeerDisconnected(PeerInfo peer, LinkId link, CloseReason reason) implements Effect {}
}
