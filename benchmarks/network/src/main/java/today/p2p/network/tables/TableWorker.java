package today.p2p.network.tables;

import java.io.IOException;
import java.util.List;
import today.p2p.clusters.Member;
import today.p2p.network.WorkerProcess;

/** The process of a trial. It ends when its standard input does. */
public final class TableWorker {
    private TableWorker() {}

    /** Arguments: work, subject, milliseconds of warm-up and of measuring. */
    public static void main(String[] arguments) throws Exception {
        Thread parent = new Thread(TableWorker::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        TableWork work = TableWork.valueOf(arguments[0]);
        TableSubject subject = TableSubject.valueOf(arguments[1]);
        Time time = new Time(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        try {
            run(work, subject, time);
        } catch (RuntimeException failure) {
            WorkerProcess.tellFailure(failure);
        }
        System.out.println("done");
        parent.join();
    }

    private static void run(TableWork work, TableSubject subject, Time time) throws InterruptedException {
        List<Member> members = Members.start(work, subject);
        switch (work) {
            case COPIES -> new Copies(members, subject.pace()).measure(time);
            case COPIES_HEAP -> new Copies(members, subject.pace()).weigh();
            case SHARES -> new Shares(members, subject.calls()).measure(time);
        }
    }

    static void tell(String figure, double value) {
        System.out.println(figure + " " + value);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to a worker.
                continue;
            }
        } catch (IOException ended) {
            System.exit(1);
        }
        System.exit(0);
    }

    /** How long the work goes on before it is measured, and while it is, in milliseconds. */
    record Time(long warmUp, long measured) {}
}
