package today.p2p.link;

import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.msgpack.Bytes;

/** What comes out of a link, to be done in the order of the list. */
public sealed interface LinkOutput {

    /**
     * Write one whole frame, in one piece; {@link Link#written} is told when its bytes have left. (One
     * living implementation closes a link on which header and body come apart.)
     */
    record Write(Bytes frame) implements LinkOutput {}

    /** Tell the node stage. */
    record Tell(Event event) implements LinkOutput {}

    /**
     * Close the connection: at once, but for {@link CloseReason.Cause#LOCAL} after what was written before.
     */
    record Shut(CloseReason reason) implements LinkOutput {}
}
