package today.p2p.report;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case and one testee.
 *
 * @param info the case
 * @param verdict the one verdict
 * @param finding why, in words and in parts
 * @param exchange what was said on the pipe
 * @param bytes the bytes of the case taken apart; empty where there are none to show
 * @param baseline the line of the baseline that applies, or null
 */
public record CaseReport(
        Info info,
        Verdict verdict,
        Finding finding,
        Exchange exchange,
        List<HexView> bytes,
        @Nullable String baseline) {

    public CaseReport {
        bytes = List.copyOf(bytes);
    }

    public String id() {
        return info.id();
    }

    /** Rejected as it must be, but with another error code: a SHOULD line of its own. */
    public boolean imprecise() {
        return finding.imprecise();
    }

    /**
     * The case as the suite has it.
     *
     * @param id such as {@code FRM-NEG-013}, for ever
     * @param requirements ids of the clauses that it tests
     * @param level MUST, SHOULD or MAY
     * @param call what is asked
     * @param expected what the answer must be
     * @param note what is told about it
     */
    public record Info(String id, List<String> requirements, String level, Call call, Expected expected, Note note) {
        public Info {
            requirements = List.copyOf(requirements);
        }

        /** The letters before the first dash: {@code FRM}. */
        public String area() {
            int dash = id.indexOf('-');
            return dash < 0 ? id : id.substring(0, dash);
        }
    }

    /** What is asked: the operation and its input as JSON, as the vector file has it. */
    public record Call(String op, String input) {}

    /**
     * What must come back.
     *
     * @param result valid, invalid or acceptable
     * @param json the expectation of the vector file
     */
    public record Expected(String result, String json) {}

    /** What is told about a case. */
    public record Note(String comment, List<String> flags, String since, String file) {
        public Note {
            flags = List.copyOf(flags);
        }
    }

    /**
     * Why the verdict is what it is.
     *
     * @param cause a short stable word for baselines, such as {@code ACCEPTED}, {@code VALUE}, {@code TIMEOUT}, an
     *     error code; empty for a pass
     * @param text one sentence
     * @param path where the first difference is, such as {@code $.payload[1]}, or null
     * @param expected the value that was expected there (JSON), or null
     * @param got the value that was there (JSON), or null
     * @param imprecise see {@link CaseReport#imprecise()}
     */
    public record Finding(
            String cause,
            String text,
            @Nullable String path,
            @Nullable String expected,
            @Nullable String got,
            boolean imprecise) {}

    /**
     * What was said.
     *
     * @param request the line that was sent; long ones are cut in the middle
     * @param reply the line that came, cut likewise, or null
     * @param kind what sort of outcome it is
     * @param detail the testee's free text, or how the process ended
     * @param stderr the end of what it wrote to stderr during this call
     */
    public record Exchange(
            String request, @Nullable String reply, OutcomeKind kind, String detail, String stderr, Duration elapsed) {

        /** For a case that was never asked. */
        public static Exchange none() {
            return new Exchange("", null, OutcomeKind.NONE, "", "", Duration.ZERO);
        }
    }

    /**
     * Bytes with names: one frame, body or text of the case.
     *
     * @param title such as {@code in.frame}
     * @param hex all bytes, lower case, no spaces; cut after a few thousand
     * @param total how many bytes there are before the cut
     * @param ranges named parts, ordered by start; a range may lie inside an earlier one
     * @param errorAt offset of the byte at which the model stops, or -1
     */
    public record HexView(String title, String hex, long total, List<Range> ranges, int errorAt) {
        public HexView {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * A named part of some bytes.
     *
     * @param from offset of its first byte
     * @param to offset after its last byte
     * @param depth 0 for the outermost parts
     * @param name such as {@code checksum}
     * @param value what the bytes say, for a reader
     */
    public record Range(int from, int to, int depth, String name, String value) {}
}
