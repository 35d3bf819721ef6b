package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.SimulationFailure;

/**
 * A scenario file: a command in each line, played one after another; {@code help.txt} has all of them. What
 * comes out is the trace, with the expectations that held in their places.
 */
public final class Scenario {
    private final String name;
    private final List<Line> lines = new ArrayList<>();
    private long seed = 1;

    private Scenario(String name) {
        this.name = name;
    }

    /**
     * Reads a scenario.
     *
     * @param name what messages call the file
     * @throws ScenarioException with file:line, when a line has no meaning at all; what only the run can tell,
     *     such as a node that is not there, comes out of {@link #play}
     */
    public static Scenario read(String name, String text) {
        Scenario scenario = new Scenario(name);
        int number = 0;
        for (String row : text.split("\n", -1)) {
            Line line = Line.of(name + ":" + ++number, row);
            if (line.isEmpty()) {
                continue;
            }
            if (line.command().equals("seed")) {
                scenario.seed = line.number(1);
                line.end(2);
            } else {
                Command.check(line);
                scenario.lines.add(line);
            }
        }
        return scenario;
    }

    /** What messages call the file. */
    public String name() {
        return name;
    }

    /** The seed that the file names. */
    public long seed() {
        return seed;
    }

    /** Plays it with the seed that it names. */
    public List<String> play() {
        List<String> output = new ArrayList<>();
        play(seed, output::add);
        return output;
    }

    /**
     * Plays it; the trace goes to {@code output} line by line, also when it fails in the end. The trace hash
     * is returned.
     *
     * @throws ScenarioException when an expectation does not hold
     * @throws SimulationFailure when an invariant does not hold
     */
    public String play(long withSeed, Consumer<String> output) {
        Filter filter = new Filter(output);
        Simulation simulation = new Simulation(withSeed, Conditions.QUIET, filter);
        Command player = new Command(simulation, filter);
        lines.forEach(player::play);
        return simulation.view().traceHash();
    }

    /** Lets through what the scenario wants to see of the trace. */
    static final class Filter implements Consumer<String> {
        private final Consumer<String> output;
        private boolean isFrames = true;
        private boolean isEvents = true;

        Filter(Consumer<String> output) {
            this.output = output;
        }

        void show(boolean events, boolean frames) {
            isEvents = events;
            isFrames = frames;
        }

        /** A line of the scenario itself. */
        void note(String line) {
            output.accept(line);
        }

        @Override
        public void accept(String line) {
            boolean isFrame = line.contains(" >> ") || line.contains(" << ");
            if (isFrame ? isFrames : isEvents) {
                output.accept(line);
            }
        }
    }
}
