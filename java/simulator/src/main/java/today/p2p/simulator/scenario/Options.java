package today.p2p.simulator.scenario;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/** What the command line asks for. */
final class Options {
    private static final int SEEDS = 40;
    private static final int RING_SEEDS = 12;
    private static final int NODES = 1000;
    private static final int FIGURE_SEEDS = 2;
    private static final int FIGURE_NODES = 40;

    private String scenario = "";
    private OptionalLong seed = OptionalLong.empty();
    private long seeds = SEEDS;
    private long ringSeeds = RING_SEEDS;
    private int nodes = NODES;
    private int figureNodes = FIGURE_NODES;
    private int figureSeeds = FIGURE_SEEDS;
    private String figures = "";
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
                case "--seeds" -> {
                    options.seeds = number(word, words);
                    options.ringSeeds = options.seeds;
                    options.figureSeeds = (int) options.seeds;
                }
                case "--nodes" -> {
                    options.nodes = (int) number(word, words);
                    options.figureNodes = options.nodes;
                }
                case "--figures" -> options.figures = value(word, words);
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

    /** What to measure; empty: nothing. */
    String figures() {
        return figures;
    }

    int figureSeeds() {
        return figureSeeds;
    }

    int figureNodes() {
        return figureNodes;
    }

    /** Where the figures are kept. */
    Path page() {
        return Path.of(System.getProperty("p2p.root", "."), "java", "simulator", "CHORD-FIGURES.md");
    }

    OptionalLong seed() {
        return seed;
    }

    long seeds() {
        return seeds;
    }

    long ringSeeds() {
        return ringSeeds;
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
