package today.p2p.live;

/** What the script expected did not happen. Thrown inside the player only; it becomes a {@link Finding}. */
final class Mismatch extends Exception {
    private static final long serialVersionUID = 1;

    final Finding.Sort sort;
    final String why;
    final String expected;
    final String got;

    Mismatch(Finding.Sort sort, String why, String text, String expected, String got) {
        super(text, null, false, false);
        this.sort = sort;
        this.why = why;
        this.expected = expected;
        this.got = got;
    }

    static Mismatch of(String why, String text, String expected, String got) {
        return new Mismatch(Finding.Sort.FAILED, why, text, expected, got);
    }
}
