package today.p2p.simulator.scenario;

/** A scenario file cannot be understood, or something that it expects is not so; the message begins with file:line. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScenarioException(Line line, String problem) {
        super(line.place() + ": " + problem);
    }

    /** A run that is no file does not end as it must. */
    ScenarioException(String problem) {
        super(problem);
    }
}
