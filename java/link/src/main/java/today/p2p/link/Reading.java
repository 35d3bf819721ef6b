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
import today.p2p.serializer.KnownIds;
import today.p2p.serializer.LargeFrame;
import today.p2p.serializer.Limits;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.Workspace;

/** What comes in on one link: its bytes become messages no faster than LNK-24 and LNK-28 allow. */
final class Reading implements KnownIds {
    private static final Time NEVER = new Time(0, 0);

    private final FrameReader reader;
    private final MessageView view;
    private final MessageRate rate;
    private final NodeLimits limits;
    private final Intake intake;
    // Of a frame that has begun, and of a peer that has not greeted: a link that is idle has none of them.
    private @Nullable FrameClock clock;
    private @Nullable TurnClock turnClock;
    private @Nullable FirstHeader firstHeader = new FirstHeader();
    private boolean isPaused;
    private boolean isHeld;
    private boolean hasTaken;
    /** While there may be messages. */
    private Time now = NEVER;

    private @Nullable LargeFrame apart;
    private boolean isTold;
    private @Nullable Frame readBefore;

    Reading(NodeLimits limits, Intake intake, Time now) {
        Workspace work = intake.workspace();
        // Nothing is inflated for a stranger: the codecs are listed once its handshake is accepted (LNK-26).
        reader = new FrameReader(limits.frames(), List.of(), work);
        view = work.view();
        rate = new MessageRate(limits, now);
        this.limits = limits;
        this.intake = intake;
    }

    /** The peer may compress from now on, and say what others have said before (MSH-30). */
    void accept(List<Codec> codecs) {
        firstHeader = null;
        reader.accept(codecs);
        reader.skip(this);
    }

    @Override
    public boolean holds(byte[] bytes, int at) {
        return intake.seen().holds(bytes, at, now);
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
        if (firstHeader != null && firstHeader.isAbove(limits.of(Limit.MAX_GREETING), chunk)) {
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
        Frame frame = readBefore == null ? reader.toFrame(view) : readBefore;
        Event.Received received =
                new Event.Received(link, frame, view.type(), subFlag(), view.payloadItems(), view.time());
        intake.add(Intake.weight(received));
        return received;
    }

    Optional<Malformed> malformed() {
        return reader.malformed();
    }

    /** All that could be read has been: times the frame that has begun (LNK-22, LNK-32). */
    void rest(int arrived, Time moment) {
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
        time(isPart, arrived, moment);
        hasTaken = false;
        now = NEVER;
    }

    private void time(boolean isPart, int arrived, Time moment) {
        boolean isRead = isPart && !isHeld && apart == null;
        if (isRead && !isPaused) {
            clock = clock == null ? new FrameClock(limits) : clock;
            clock.run(hasTaken, arrived, moment);
        } else {
            clock = null;
        }
        if (isRead && intake.hasTurn()) {
            turnClock = turnClock == null ? new TurnClock(limits) : turnClock;
            turnClock.run(arrived, moment);
        } else {
            turnClock = null;
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
        clock = null;
        turnClock = null;
    }

    boolean isLate(Time moment) {
        return clock != null && clock.isLate(moment);
    }

    /** Whether others have waited for its turn to end, and it is slow (LNK-32). */
    boolean holdsUp(Time moment) {
        return turnClock != null && turnClock.endsSlow(moment) && intake.isAwaited();
    }

    /** When there is something to do here. */
    OptionalLong deadline() {
        OptionalLong late = clock == null ? OptionalLong.empty() : OptionalLong.of(clock.lateAt());
        OptionalLong next = isPaused ? OptionalLong.of(rate.nextAt()) : late;
        OptionalLong turn = turnClock == null ? OptionalLong.empty() : OptionalLong.of(turnClock.endsAt());
        boolean isSooner = turn.isPresent() && (next.isEmpty() || turn.getAsLong() - next.getAsLong() < 0);
        return isSooner ? turn : next;
    }
}
