package today.p2p.ids;

/**
 * How a network encrypts its links: an active row of {@code protocol-spec/registry/encryptions.csv}
 * (SUB-2).
 */
public enum Encryption {
    /** TCP without encryption. */
    PLAINTEXT("Plaintext"),
    /** TLS over TCP. */
    SSL("SSL");

    private final String label;

    Encryption(String label) {
        this.label = label;
    }

    /** The text that goes into the protocol id. */
    public String label() {
        return label;
    }
}
