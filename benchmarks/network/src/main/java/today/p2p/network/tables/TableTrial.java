package today.p2p.network.tables;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import today.p2p.network.Setting;
import today.p2p.network.WorkerProcess;

/** One work done by one library, all nodes in one process. The figures have the names that {@link TableWork} gives. */
public record TableTrial(TableWork work, TableSubject subject) implements Setting.Run {
    /** What Hazelcast asks for, to be as fast as it can, and Agrona, under Pekko. */
    private static final List<String> OPTIONS = List.of(
            "--add-modules",
            "java.se",
            "--add-exports",
            "java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "--add-opens",
            "java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens",
            "java.management/sun.management=ALL-UNNAMED",
            "--add-opens",
            "jdk.management/com.sun.management.internal=ALL-UNNAMED");

    @Override
    public boolean isOfOthers() {
        return subject != TableSubject.OURS;
    }

    @Override
    public Map<String, Double> run(Setting setting) throws IOException {
        List<String> words = List.of(work.name(), subject.name());
        try (WorkerProcess process = new WorkerProcess(setting, toString(), OPTIONS, TableWorker.class, words)) {
            return process.figures();
        }
    }

    @Override
    public String toString() {
        return work + " by " + subject;
    }
}
