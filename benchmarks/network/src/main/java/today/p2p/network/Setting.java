package today.p2p.network;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How trials are run.
 *
 * @param javaHome the JDK of their processes
 * @param heap of each, as {@code -Xmx} takes it
 * @param warmup how long the work goes on before it is measured
 * @param measured how long it is measured
 */
public record Setting(Path javaHome, String heap, Duration warmup, Duration measured) {}
