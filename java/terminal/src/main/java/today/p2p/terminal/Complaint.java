package today.p2p.terminal;

/** What the user should know and can mend: shown as one sentence, without a stack, with an exit code. */
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Complaint(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** A mistake in what was typed or piped in. */
    public static Complaint usage(String sentence) {
        return new Complaint(ExitCode.USAGE, sentence);
    }

    /** Something that is needed is not there. */
    public static Complaint missing(String sentence) {
        return new Complaint(ExitCode.INFRASTRUCTURE, sentence);
    }

    public int exitCode() {
        return exitCode;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
