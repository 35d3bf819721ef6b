package today.p2p.runtime;

import java.util.OptionalLong;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;

/** What a link stage needs of the node that it belongs to. Called on threads of connections. */
interface LinkKeeper {
    Intake newIntake();

    Link newLink(LinkId id, Intake intake);

    Time now();

    Faults faults();

    Counters counters();

    /** The connection of this link is there; its events follow. */
    void opened(LinkStage link);

    /** A dial has failed before there was a connection. */
    void notDialled(OptionalLong dial, CloseReason reason);

    /** Something for the node stage. */
    void tell(LinkStage link, Event event);

    /** A link that was full has room. */
    void hasRoom();

    /** The link reads no more until {@link LinkStage#resumeIfLow} finds that it may. */
    void held(LinkStage link);

    /** The link reads on. */
    void resumed(LinkStage link);
}
