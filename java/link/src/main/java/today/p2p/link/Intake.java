package today.p2p.link;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.serializer.Workspace;

/**
 * What has come on a link and nobody is done with: bytes of frames that have begun (LNK-31), and messages that the
 * node and the application have (LNK-28). Safe for use by several threads: the link adds, whoever is done takes off.
 */
public final class Intake {
    /** What a message costs beside its bytes: its records and its place in queues. */
    private static final int OVERHEAD = 512;

    /** What an item costs beside its bytes once objects are made of it: one byte may become an object. */
    private static final int ITEM = 32;

    private static final AtomicLongFieldUpdater<Intake> UNHANDLED =
            AtomicLongFieldUpdater.newUpdater(Intake.class, "unhandled");

    private final All all;
    private final long most;
    private volatile long unhandled;
    private Host host = new Host();
    private boolean isReadApart;
    private @Nullable Workspace workspace;
    private SeenFrames seen = SeenFrames.NONE;
    // Written by the link alone.
    private volatile long begun;
    private volatile boolean isWaiting;
    private volatile boolean isStuck;
    private boolean hasFreed;

    /** For one link of a node. */
    public Intake(All all, NodeLimits limits) {
        this.all = all;
        most = limits.of(Limit.MAX_LINK_UNHANDLED);
    }

    private Intake() {
        all = new All(Long.MAX_VALUE, 1);
        most = Long.MAX_VALUE;
    }

    /** For a node that handles each message before its link is asked for the next. */
    public static Intake unbounded() {
        return new Intake();
    }

    /**
     * Has frames whose reading takes long read elsewhere from now on (LNK-30): {@link LinkOutput.ReadApart}. Until
     * {@link Link#readApart} tells what came of one, its link reads nothing more, so that messages keep their order.
     */
    public Intake readApart() {
        isReadApart = true;
        return this;
    }

    /** Lets the link share this with the other links of its thread. */
    public Intake readIn(Workspace shared) {
        workspace = shared;
        return this;
    }

    /** Lets the link share its turns (LNK-31) with the other links to its host. */
    public Intake from(Host shared) {
        host = shared;
        return this;
    }

    Host host() {
        return host;
    }

    Workspace workspace() {
        Workspace known = workspace;
        return known == null ? new Workspace() : known;
    }

    /** Has copies of these dropped on an open link before they are verified, from now on (MSH-30). */
    public Intake skip(SeenFrames handled) {
        seen = handled;
        return this;
    }

    SeenFrames seen() {
        return seen;
    }

    boolean isReadApart() {
        return isReadApart;
    }

    /** What a message counts, in bytes. */
    public static long weight(Event.Received received) {
        return OVERHEAD
                + (long) received.frame().bare().length()
                + ITEM * (long) received.frame().items();
    }

    /** Takes off what is done with: the weight of a message that was handed to the node. */
    public void handled(long bytes) {
        add(-bytes);
    }

    /** Whether so little is left that a link that {@linkplain Link#isHeld is held} should read on. */
    public boolean isLow() {
        boolean hasTurn = hasTurn();
        if (hasTurn && !isStuck) {
            // When its messages are too many, it gives its turn to others.
            return true;
        }
        long told = told();
        boolean isLow = told == 0 || told <= most / 2 && all.bytes.isBelowHalfPart(told);
        return isLow && (!isWaiting || hasTurn || all.bytes.isBelowHalfPart(unhandled));
    }

    /** Whether links that wait for their part should look again, since this one has let go of some; once. */
    public boolean takeFreed() {
        boolean has = hasFreed;
        hasFreed = false;
        return has;
    }

    boolean isFull() {
        // A message of any size fits when nothing is unhandled: what comes after it waits.
        long told = told();
        return told > 0 && (told >= most || !all.bytes.isBelowPart(told));
    }

    /**
     * So many bytes are here of what is no message yet (LNK-31).
     *
     * @param isNext whether what has begun is another frame than before, or none: others are first then
     */
    void begun(long bytes, boolean isNext) {
        if (isNext) {
            leave();
        }
        long more = bytes - begun;
        if (more != 0) {
            begun = bytes;
            boolean isBeyond = add(more);
            hasFreed |= isBeyond && more < 0 && all.turns.isAny();
        }
    }

    /** Whether no more of the frame that has begun is to be read for now. */
    boolean mustWait() {
        if (all.bytes.isBelowPart(unhandled)) {
            leave();
            return false;
        }
        if (!isWaiting) {
            isWaiting = true;
            all.turns.join(this);
        }
        // One goes on whatever the others hold: some frame is always completed.
        return !all.turns.isOf(this);
    }

    /** Whether too much is unhandled to read on, though a frame is whole and keeps its turn. */
    void stuck(boolean isFull) {
        isStuck = isFull && isWaiting;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    /** Whether it reads on only because it is its turn. */
    boolean hasTurn() {
        return isWaiting && all.turns.isOf(this);
    }

    /** Whether others wait for theirs. */
    boolean isAwaited() {
        return all.turns.isAwaited();
    }

    /** It waits for something else. */
    void leave() {
        if (isWaiting) {
            isWaiting = false;
            all.turns.leave(this);
            hasFreed = true;
        }
    }

    /** Of messages alone. */
    private long told() {
        return unhandled - begun;
    }

    /** Counts so many bytes more; whether what it has beyond its grant is another amount now. */
    boolean add(long more) {
        long now = UNHANDLED.addAndGet(this, more);
        return all.bytes.change(now - more, now);
    }

    /** What the links to one host share: a hundred of them have no more turns than one. */
    public static final class Host {
        // 0: none yet.
        volatile long lastTurn;

        /** It has had no turn. */
        public Host() {}
    }

    /** The same for all links of a node together. Safe for use by several threads. */
    public static final class All {
        private final FairHalf bytes;
        private final FrameTurns turns = new FrameTurns();
        /** Of the application, which is not a link: what waits for it leaves less to all of them. */
        private final AtomicLong news = new AtomicLong();

        /** For one node, shared by its links. */
        public All(NodeLimits limits) {
            this(limits.of(Limit.MAX_UNHANDLED), limits.of(Limit.MAX_LINKS));
        }

        private All(long most, long links) {
            bytes = new FairHalf(most, links);
        }

        /** Bytes that are not handled. */
        public long unhandled() {
            return bytes.all();
        }

        /** Adds, or takes off, what waits for the application and came from no message. */
        public void add(long bytes) {
            long now = news.addAndGet(bytes);
            this.bytes.change(now - bytes, now);
        }
    }
}
