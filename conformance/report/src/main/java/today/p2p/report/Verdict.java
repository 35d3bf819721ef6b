package today.p2p.report;

/** What a case says about a testee. Exactly one for each case and testee. */
public enum Verdict {
    /** The answer is the one that the clause asks for. */
    PASS("as the specification asks", false),
    /** The answer is another one, or there was none. */
    FAIL("not as the specification asks", true),
    /** Fails, for the cause that the baseline names. */
    XFAIL("fails as the baseline says", false),
    /** The baseline says it fails, and it passed: the line must go. */
    XPASS("passes although the baseline says it fails", true),
    /** The testee said that it does not do this. */
    SKIP("not offered by the testee", false),
    /** The specification leaves it open (SHOULD or MAY): told, not counted. */
    INFO("left open by the specification", false),
    /** Newer than the suite version that was asked for: told, not counted. */
    NEW("newer than the pinned suite", false),
    /** Failed, then passed when repeated. */
    FLAKY("failed, then passed when repeated", true),
    /** The kit or the machine could not do its part, so nothing is known about the testee. */
    INFRA("could not be judged", true),
    /** Never asked: the testee had used up its restarts, or was not there. */
    NOTRUN("not run", true);

    private final String meaning;
    private final boolean bad;

    Verdict(String meaning, boolean bad) {
        this.meaning = meaning;
        this.bad = bad;
    }

    /** A few words for a legend. */
    public String meaning() {
        return meaning;
    }

    /** True if a run with this verdict in it cannot end with exit code 0. */
    public boolean isBad() {
        return bad;
    }
}
