package today.p2p.shell;

/** A line that was typed: a command, and what stands behind it, word by word. */
public final class Words {
    private final String command;
    private String rest;

    Words(String line) {
        rest = line.strip();
        command = cut();
    }

    /** The first word; empty when nothing was typed. */
    String command() {
        return command;
    }

    /**
     * The next word.
     *
     * @param what it is, such as {@code a key}: to be told to whoever has forgotten it
     */
    public String next(String what) {
        return present(cut(), what);
    }

    /** All that is left; spaces within it are kept. */
    public String rest(String what) {
        return present(rest, what);
    }

    /** All that is left; empty when there is nothing. */
    public String rest() {
        return rest;
    }

    private String present(String found, String what) {
        if (found.isEmpty()) {
            throw new IllegalArgumentException(what + " is missing; 'help' shows what it needs");
        }
        return found;
    }

    private String cut() {
        String[] both = rest.split("\\s+", 2);
        rest = both.length > 1 ? both[1] : "";
        return both[0];
    }
}
