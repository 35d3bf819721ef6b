package today.p2p.cli;

/** What the program tells the shell. The command {@code conform} has more of them, in its own help. */
final class ExitCode {
    /** Done, and nothing was wrong with what was looked at. */
    static final int OK = 0;
    /** Done: what was looked at is malformed, or does not conform. */
    static final int MALFORMED = 1;
    /** The command line, or its input, is not what the command understands. */
    static final int USAGE = 2;
    /** Something that is needed is missing or failed: a file, an interpreter, this program itself. */
    static final int INFRASTRUCTURE = 3;

    private ExitCode() {}
}
