package today.p2p.link;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.LargeFrame;
import today.p2p.serializer.Limits;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.Workspace;

/** What comes in on one link: its bytes become messages no faster than LNK-24 and LNK-28 allow. */
final class Reading {
    private final FrameReader reader;
    private final MessageView view;
    private final MessageRate rate;
    private final FrameClock clock;
    private final TurnClock turnClock;
    private final FirstHeader firstHeader = new FirstHeader();
    private final Intake intake;
    private final long maxGreeting;
    private boolean isPaused;
    private boolean isHeld;
    private boolean hasTaken;
    private Time now;
    private @Nullable LargeFrame apart;
    private boolean isTold;
    private @Nullable Frame readBefore;

    Reading(NodeLimits limits, Intake intake, Time now) {
        Workspace work = intake.workspace();
        // Nothing is inflated for a stranger: the codecs are listed once its handshake is accepted (LNK-26).
        reader = new FrameReader(limits.frames(), List.of(), work);
        view = work.view();
        rate = new MessageRate(limits, now);
        clock = new FrameClock(limits);
        turnClock = new TurnClock(limits);
        this.intake = intake;
        this.now = now;
        maxGreeting = limits.of(Limit.MAX_GREETING);
    }

    /** The peer may compress from now on, and say what others have said before (MSH-30). */
    void accept(List<Codec> codecs) {
        reader.accept(codecs);
        reader.skip((bytes, at) -> intake.seen().holds(bytes, at, now));
    }

    /** Whether the peer is ahead of its rate. */
    boolean isPaused() {
        return isPaused;
    }

    /** Whether what came before has to be handled first. */
    boolean isHeld() {
        return isHeld;
    }

    /** Takes bytes; false when they begin a first frame that is too long (LNK-26). */
    boolean feed(ByteBuffer chunk) {
        if (firstHeader.isAbove(maxGreeting, chunk)) {
            return false;
        }
        reader.feed(chunk);
        return true;
    }

    /** Whether there is a further message, and it may be read now; then it is in {@link #view}. */
    boolean next(Time moment) {
        now = moment;
        boolean hasCome;
        do {
            hasCome = read();
            hasTaken |= hasCome;
        } while (hasCome && view.isSkipped());
        return hasCome;
    }

    private boolean read() {
        isPaused = !rate.allows(now);
        isHeld = intake.isFull();
        if (isPaused || isHeld || apart != null) {
            return false;
        }
        boolean hasCome = intake.isReadApart() ? reader.nextLight(view) : reader.next(view);
        apart = reader.takeLarge().orElse(null);
        isTold = false;
        if (hasCome || apart != null) {
            rate.spend();
        }
        readBefore = null;
        return hasCome;
    }

    /** The frame that is to be read apart before there is a further message; told once. */
    Optional<LargeFrame> takeLarge() {
        boolean isNew = apart != null && !isTold;
        isTold = true;
        return isNew ? Optional.ofNullable(apart) : Optional.empty();
    }

    /** It was read, and is in {@link #view}. */
    void back(Frame frame) {
        apart = null;
        hasTaken = true;
        readBefore = frame;
        view.show(frame);
    }

    /** Whether nothing is read because of this side: the peer's silence in that time is ours. */
    boolean waits() {
        return isHeld || apart != null;
    }

    /** The message that was read last. */
    MessageView view() {
        return view;
    }

    /** The sub-flag of that message, as {@link LinkAction#of} takes it. */
    int subFlag() {
        MsgpackReader payload = view.payload();
        if (view.payloadItems() == 0 || payload.kind() != Value.Kind.INT) {
            return LinkAction.NO_SUB_FLAG;
        }
        // Negative also where it is 2^63 and above.
        long flag = payload.readLongBits();
        return flag >= 0 && flag <= 255 ? (int) flag : LinkAction.FOREIGN_SUB_FLAG;
    }

    /** That message for the node, which is not done with it from now on. */
    Event.Received pass(LinkId link) {
        Frame frame = readBefore == null ? view.toFrame() : readBefore;
        Event.Received received =
                new Event.Received(link, frame, view.type(), subFlag(), view.payloadItems(), view.time());
        intake.add(Intake.weight(received));
        return received;
    }

    Optional<Malformed> malformed() {
        return reader.malformed();
    }

    /** All that could be read has been: times the frame that has begun (LNK-22, LNK-32). */
    void rest(int arrived) {
        boolean isPart = reader.missing() > 0;
        boolean isFull = isHeld;
        // What one read of the transport brings of whole frames is not counted.
        long begun = isPart || reader.held() > Limits.READ_BUFFER ? reader.held() : 0;
        begun += apart == null ? 0 : apart.length();
        // Whole frames, too, keep their turn until they were read: their bytes are here.
        intake.begun(begun, hasTaken || begun == 0);
        if (isPart && isFull && apart == null) {
            // Others need not wait until its messages are handled.
            intake.leave();
        } else if (isPart) {
            isHeld |= intake.mustWait();
        }
        intake.stuck(isFull);
        time(isPart, arrived);
        hasTaken = false;
    }

    private void time(boolean isPart, int arrived) {
        boolean isRead = isPart && !isHeld && apart == null;
        if (isRead && !isPaused) {
            clock.run(hasTaken, arrived, now);
        } else {
            clock.stop();
        }
        if (isRead && intake.hasTurn()) {
            turnClock.run(arrived, now);
        } else {
            turnClock.stop();
        }
    }

    /** Nothing will be read any more. */
    void stop() {
        isPaused = false;
        isHeld = false;
        if (apart != null) {
            apart.discard();
        }
        intake.begun(0, true);
        clock.stop();
        turnClock.stop();
    }

    boolean isLate(Time now) {
        return clock.isLate(now);
    }

    /** Whether others have waited for its turn to end, and it is slow (LNK-32). */
    boolean holdsUp(Time now) {
        return turnClock.endsSlow(now) && intake.isAwaited();
    }

    /** When there is something to do here. */
    OptionalLong deadline() {
        OptionalLong next = isPaused ? OptionalLong.of(rate.nextAt()) : clock.lateAt();
        OptionalLong turn = turnClock.endsAt();
        boolean isSooner = turn.isPresent() && (next.isEmpty() || turn.getAsLong() - next.getAsLong() < 0);
        return isSooner ? turn : next;
    }
}
