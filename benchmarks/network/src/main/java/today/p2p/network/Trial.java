package today.p2p.network;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One workload done by one subject.
 *
 * @param bytes of each message; of no account where there are none
 */
public record Trial(Workload workload, Subject subject, int bytes) implements Setting.Run {

    /** What Agrona, under Pekko, asks for. */
    private static final List<String> OPTIONS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");

    @Override
    public boolean isOfOthers() {
        return subject.isOther();
    }

    /** The figures have the names that {@link Workload} gives. */
    @Override
    public Map<String, Double> run(Setting setting) throws IOException {
        try (WorkerProcess server = process(setting, 0)) {
            if (!workload.hasClient() || subject.isOther()) {
                return server.figures();
            }
            int port = server.port();
            try (WorkerProcess client = process(setting, port)) {
                return workload == Workload.GREET ? client.figures() : server.figures();
            }
        }
    }

    private WorkerProcess process(Setting setting, int port) throws IOException {
        List<String> words = List.of(workload.name(), subject.name(), Integer.toString(bytes), Integer.toString(port));
        return new WorkerProcess(setting, toString(), OPTIONS, Worker.class, words);
    }

    @Override
    public String toString() {
        return bytes == 0 ? workload + " by " + subject : workload + " by " + subject + ", " + bytes + " bytes";
    }
}
