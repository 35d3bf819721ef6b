package today.p2p.link;

import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.LargeFrame;

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
     * Have this frame read on a thread that others do not wait for, and give what came of it to {@link Link#readApart};
     * only after {@link Intake#readApart}.
     */
    record ReadApart(LargeFrame frame) implements LinkOutput {}

    /**
     * Close the connection: at once, but for {@link CloseReason.Cause#LOCAL} after what was written before.
     */
    record Shut(CloseReason reason) implements LinkOutput {}
}
