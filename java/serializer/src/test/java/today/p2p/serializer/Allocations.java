package today.p2p.serializer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes of heap this thread allocates. */
final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** The first measurement itself allocates. */
    static void warmUp() {
        during(() -> {});
    }

    static long during(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** What one of many runs allocates, once everything that is kept has been made. */
    static long perRun(Runnable work) {
        int runs = 1000;
        for (int run = 0; run < runs; run++) {
            work.run();
        }
        long all = during(() -> {
            for (int run = 0; run < runs; run++) {
                work.run();
            }
        });
        return all / runs;
    }
}
