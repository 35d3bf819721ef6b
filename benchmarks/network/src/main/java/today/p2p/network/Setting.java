package today.p2p.network;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How trials are run.
 *
 * @param javaHome the JDK of their processes
 * @param heap of each, as {@code -Xmx} takes it
 * @param warmup how long the work goes on before it is measured
 * @param measured how long it is measured
 */
public record Setting(Path javaHome, String heap, Duration warmup, Duration measured) {

    /** What can be run with a setting; equal ones are the same work. */
    public interface Run {
        /**
         * Runs it once, in new processes.
         *
         * @return figures by their names
         * @throws IOException when a process fails, or says nothing for 40 seconds more than the setting asks for
         */
        Map<String, Double> run(Setting setting) throws IOException;

        /** Whether it is the work of a library of others, without which all else can still be measured. */
        default boolean isOfOthers() {
            return false;
        }
    }
}
