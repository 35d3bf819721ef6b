package today.p2p.ids;

/**
 * The two ways in which an address is written before it goes into a node id; equally good (NID-2).
 */
public enum AddressText {
    /** {@code ('HOST', PORT)}. */
    QUOTED("('", "', "),
    /** {@code (HOST, PORT)}. */
    BARE("(", ", ");

    private final String before;
    private final String between;

    AddressText(String before, String between) {
        this.before = before;
        this.between = between;
    }

    /**
     * The text of an address.
     *
     * @param port 0..65535
     */
    public String of(String host, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
        return before + host + between + port + ")";
    }
}
