package today.p2p.network;

import java.io.IOException;
import java.util.Map;

/**
 * One workload done by one subject.
 *
 * @param bytes of each message; of no account where there are none
 */
public record Trial(Workload workload, Subject subject, int bytes) {

    /**
     * Runs it once, in new processes.
     *
     * @return figures by the names that {@link Workload} gives
     * @throws IOException when a process fails, or says nothing for a minute more than the setting asks for
     */
    public Map<String, Double> run(Setting setting) throws IOException {
        try (WorkerProcess server = new WorkerProcess(setting, this, 0)) {
            if (!workload.hasClient()) {
                return server.figures();
            }
            int port = server.port();
            try (WorkerProcess client = new WorkerProcess(setting, this, port)) {
                return workload == Workload.GREET ? client.figures() : server.figures();
            }
        }
    }

    @Override
    public String toString() {
        return bytes == 0 ? workload + " by " + subject : workload + " by " + subject + ", " + bytes + " bytes";
    }
}
