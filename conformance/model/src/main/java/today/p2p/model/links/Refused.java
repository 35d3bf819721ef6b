package today.p2p.model.links;

/** The answer is an error of the registry. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String clause;

    Refused(String code, String clause, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.clause = clause;
    }

    /** The code of registry/errors.csv. */
    public String code() {
        return code;
    }

    /** The clause that refuses. */
    public String clause() {
        return clause;
    }
}
