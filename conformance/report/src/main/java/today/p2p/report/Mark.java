package today.p2p.report;

/**
 * How a verdict is shown: a symbol and a word, so that nothing depends on colour. Ordered from worst to best: a cell that
 * stands for several cases shows the first that occurs.
 */
enum Mark {
    FAIL("✗", "fail", "bad", Verdict.FAIL.meaning()),
    INFRA("⚠", "infra", "bad", Verdict.INFRA.meaning()),
    FLAKY("↯", "flaky", "bad", Verdict.FLAKY.meaning()),
    XPASS("⊕", "xpass", "bad", Verdict.XPASS.meaning()),
    NOTRUN("□", "not run", "bad", Verdict.NOTRUN.meaning()),
    XFAIL("⊘", "xfail", "known", Verdict.XFAIL.meaning()),
    IMPRECISE("≈", "imprecise", "near", "rejected as it must be, but under another error code"),
    PASS("✓", "pass", "good", Verdict.PASS.meaning()),
    INFO("i", "info", "told", Verdict.INFO.meaning()),
    NEW("✱", "new", "told", Verdict.NEW.meaning()),
    SKIP("–", "skip", "left", Verdict.SKIP.meaning());

    private final String symbol;
    private final String word;
    private final String tone;
    private final String meaning;

    Mark(String symbol, String word, String tone, String meaning) {
        this.symbol = symbol;
        this.word = word;
        this.tone = tone;
        this.meaning = meaning;
    }

    static Mark of(CaseReport one) {
        return switch (one.verdict()) {
            case PASS -> one.imprecise() ? IMPRECISE : PASS;
            case FAIL -> FAIL;
            case XFAIL -> XFAIL;
            case XPASS -> XPASS;
            case SKIP -> SKIP;
            case INFO -> INFO;
            case NEW -> NEW;
            case FLAKY -> FLAKY;
            case INFRA -> INFRA;
            case NOTRUN -> NOTRUN;
        };
    }

    String symbol() {
        return symbol;
    }

    String word() {
        return word;
    }

    /** The class that colours it: good, near, bad, known, told or left. */
    String tone() {
        return tone;
    }

    String meaning() {
        return meaning;
    }

    boolean isBad() {
        return tone.equals("bad");
    }
}
