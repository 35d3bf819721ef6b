package today.p2p.transport;

/** How the bytes of a connection travel. */
public enum Encryption {
    /** Plain TCP. */
    PLAINTEXT,
    /**
     * TLS 1.2 or 1.3 with a self-signed certificate that nobody checks, as the label {@code SSL} of the protocol
     * has it (SUB-2). This is <em>encryption without authentication</em>: a listener cannot read along, and
     * anyone who sits between two peers can. The certificate is made in memory when it is first needed, one for
     * each {@link Transport}, and never written anywhere.
     */
    TLS_UNVERIFIED
}
