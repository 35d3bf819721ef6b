package today.p2p.kernel;

import java.util.Objects;
import java.util.OptionalLong;
import today.p2p.serializer.Frame;

/** What goes into the node stage. */
public sealed interface Event {

    /**
     * A transport connection is there; its link is greeting. For each link, one of these comes first.
     *
     * @param remote the address of the other end as the transport has it, numeric
     * @param dial the number of the {@link Effect.Dial} that it answers; empty when the other end dialled
     */
    record LinkUp(LinkId link, Address remote, OptionalLong dial) implements Event {
        public LinkUp {
            Objects.requireNonNull(dial);
        }
    }

    /** A handshake was accepted: the first makes the link open, a further one tells what changed (LNK-9). */
    record Greeted(LinkId link, Handshake handshake) implements Event {}

    /**
     * A message for the node came on an open link.
     *
     * @param type of the message, 0..255
     * @param subFlag of the message; -1 when it is none that a registry could hold
     * @param items how many payload items there are, the sub-flag included
     * @param time of the message
     */
    record Received(LinkId link, Frame frame, int type, int subFlag, int items, long time) implements Event {}

    /** Little waits on this link: the answer to {@link Effect.AskRoom}, once for each while the link is open. */
    record Room(LinkId link) implements Event {}

    /** The link is gone. For each link, one of these comes last. */
    record LinkDown(LinkId link, CloseReason reason) implements Event {}

    /** No connection came about. */
    record DialFailed(long dial, CloseReason reason) implements Event {}

    /** The application asks for something. */
    record Called(Call call) implements Event {}

    /** The moment that the machine gave as its deadline has come. */
    record Tick() implements Event {}
}
