package today.p2p.terminal;

/** What the program tells the shell. The command {@code conform} has more of them, in its own help. */
public final class ExitCode {
    /** Done, and nothing was wrong with what was looked at. */
    public static final int OK = 0;
    /** Done: what was looked at is malformed, or does not conform. */
    public static final int MALFORMED = 1;
    /** The command line, or its input, is not what the command understands. */
    public static final int USAGE = 2;
    /** Something that is needed is missing or failed: a file, an interpreter, this program itself. */
    public static final int INFRASTRUCTURE = 3;

    private ExitCode() {}
}
