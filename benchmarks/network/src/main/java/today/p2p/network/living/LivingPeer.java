package today.p2p.network.living;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The implementations of 0.7 that others wrote, as {@code interop/setup.sh} installs them. */
public enum LivingPeer {
    /** py2p 0.7.878. */
    PY2P("py2p-0.7.878", "py2p_driver.py"),
    /** js2p 0.7.870. */
    JS2P("js2p-0.7.870", "js2p_driver.js");

    private final String installed;
    private final String driver;

    LivingPeer(String installed, String driver) {
        this.installed = installed;
        this.driver = driver;
    }

    /** Name and version. */
    public String version() {
        return installed.replace('-', ' ');
    }

    /**
     * Those whom a newcomer dials. A list that names two nodes which js2p does not know costs it the link on which the list
     * comes: it dials all at once, before there is a list. Dialled so, py2p loses links; it finds all others by its lists.
     */
    <T> List<T> dialled(List<T> others) {
        return this == JS2P ? List.copyOf(others) : others.subList(0, 1);
    }

    /**
     * A process that is one node.
     *
     * @param words its kind, host and sizes
     * @throws IOException that says what is missing
     */
    Process start(List<String> words) throws IOException {
        Path root = Path.of(System.getProperty("p2p.root", "."));
        Path home = root.resolve(".p2p/interop").resolve(installed);
        if (!Files.exists(home.resolve("installed"))) {
            throw new IOException(installed + " is not installed: interop/setup.sh installs it, or says why it cannot");
        }
        Path program = this == PY2P ? home.resolve("bin/python") : Path.of("node");
        Path script = root.resolve("benchmarks/living").resolve(driver);
        ProcessBuilder process = new ProcessBuilder(program.toString(), script.toString());
        process.command().addAll(words);
        process.environment().put("NODE_PATH", home.resolve("node_modules").toString());
        // What they print of their troubles is asked for instead, in a word.
        return process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
