package today.p2p.report;

/** What the verdicts on one testee add up to. */
public enum Standing {
    /** Every case of the run passed. */
    CONFORMANT("conformant", "every case of this run passes"),
    /** Nothing failed, but the testee does not offer everything. */
    PARTIAL("conformant in what it offers", "nothing fails; some cases are not offered"),
    /** It fails only where its baseline says so. */
    EXPECTED("fails as expected", "fails only where its baseline says so"),
    /** Something failed that must not. */
    FAILING("not conformant", "at least one case fails"),
    /** Nothing is known: no case ran, or the testee never answered. */
    UNTESTED("not tested", "no case was judged");

    private final String title;
    private final String meaning;

    Standing(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** A few words for a headline. */
    public String title() {
        return title;
    }

    /** One sentence for a legend. */
    public String meaning() {
        return meaning;
    }

    /**
     * The standing of one testee. Cases that are only told (INFO, NEW) neither help nor harm; a stale line of a baseline
     * harms, as it does to the exit code.
     */
    static Standing of(TesteeReport testee) {
        Tally tally = Tally.of(testee.cases());
        if (tally.judged() == 0) {
            return UNTESTED;
        }
        if (tally.bad() > 0 || testee.trouble() != null || !testee.complaints().isEmpty()) {
            return FAILING;
        }
        if (tally.of(Mark.XFAIL) > 0) {
            return EXPECTED;
        }
        return tally.of(Mark.SKIP) > 0 ? PARTIAL : CONFORMANT;
    }
}
