package today.p2p.link;

import java.util.concurrent.atomic.AtomicLong;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;

/**
 * What a link has handed to the node and neither node nor application is done with (LNK-28). Safe for use by
 * several threads: the link adds, whoever is done takes off.
 */
public final class Intake {
    /** What a message costs beside its bytes: its records and its place in queues. */
    private static final int OVERHEAD = 512;

    private final All all;
    private final long most;
    private final AtomicLong unhandled = new AtomicLong();
    private boolean isReadApart;

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

    boolean isReadApart() {
        return isReadApart;
    }

    /** What a message counts, in bytes. */
    public static long weight(Event.Received received) {
        return OVERHEAD + (long) received.frame().bare().length();
    }

    /** Takes off what is done with: the weight of a message that was handed to the node. */
    public void handled(long bytes) {
        add(-bytes);
    }

    /** Whether so little is left that a link that {@linkplain Link#isHeld is held} should read on. */
    public boolean isLow() {
        long held = unhandled.get();
        return held <= most / 2 && all.bytes.isBelowHalfPart(held);
    }

    boolean isFull() {
        // A message of any size fits when nothing is unhandled: what comes after it waits.
        long held = unhandled.get();
        return held >= most || !all.bytes.isBelowPart(held);
    }

    void add(long bytes) {
        long now = unhandled.addAndGet(bytes);
        all.bytes.change(now - bytes, now);
    }

    /** The same for all links of a node together. Safe for use by several threads. */
    public static final class All {
        private final FairHalf bytes;
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
