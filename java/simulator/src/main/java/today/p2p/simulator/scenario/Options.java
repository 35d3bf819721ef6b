package today.p2p.simulator.scenario;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/** What the command line asks for. */
final class Options {
    private static final int SEEDS = 40;
    private static final int NODES = 1000;

    private String scenario = "";
    private OptionalLong seed = OptionalLong.empty();
    private long seeds = SEEDS;
    private int nodes = NODES;
    private Path folder = Path.of(System.getProperty("p2p.root", "."), "java", "simulator", "src", "test", "scenarios");
    private boolean isTracing;
    private boolean isWriting;
    private boolean isHelp;

    private Options() {}

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException when they make no sense
     */
    static Options read(List<String> arguments) {
        Options options = new Options();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--scenario" -> options.scenario = value(word, words);
                case "--seed" -> options.seed = OptionalLong.of(number(word, words));
                case "--seeds" -> options.seeds = number(word, words);
                case "--nodes" -> options.nodes = (int) number(word, words);
                case "--folder" -> options.folder = Path.of(value(word, words));
                case "--trace" -> options.isTracing = true;
                case "--write" -> options.isWriting = true;
                case "-h", "--help" -> options.isHelp = true;
                default -> throw new IllegalArgumentException("what is " + word);
            }
        }
        if (options.nodes < 2 || options.nodes > 1000) {
            throw new IllegalArgumentException("--nodes is 2 to 1000: the first node takes max-links links");
        }
        return options;
    }

    /** What to play; empty: all. */
    String scenario() {
        return scenario;
    }

    OptionalLong seed() {
        return seed;
    }

    long seeds() {
        return seeds;
    }

    int nodes() {
        return nodes;
    }

    Path folder() {
        return folder;
    }

    boolean isTracing() {
        return isTracing;
    }

    boolean isWriting() {
        return isWriting;
    }

    boolean isHelp() {
        return isHelp;
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static long number(String option, Iterator<String> words) {
        String value = value(option, words);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(option + " needs a number, not " + value);
        }
    }
}
