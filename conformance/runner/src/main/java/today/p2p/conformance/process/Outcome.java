package today.p2p.conformance.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import tools.jackson.databind.JsonNode;

/**
 * What came back for one call.
 *
 * @param kind tells which of the others are there
 * @param reply the whole reply, for {@link OutcomeKind#OK} and {@link OutcomeKind#ERR}
 * @param code the error code, for {@link OutcomeKind#ERR}
 * @param detail the testee's words, the reason of a skip, or what is wrong
 * @param exchange the lines, for the report
 */
public record Outcome(
        OutcomeKind kind, @Nullable JsonNode reply, String code, String detail, CaseReport.Exchange exchange) {

    /** The testee did not answer, or not to the question; its process is gone. */
    public boolean isFault() {
        return switch (kind) {
            case TIMEOUT, CRASH, PROTOCOL -> true;
            case OK, ERR, SKIP, NONE -> false;
        };
    }

    /** The result; null if there is none. */
    public @Nullable JsonNode value() {
        return reply == null ? null : reply.get("ok");
    }

    /** For a call that is never made. */
    public static Outcome none(String why) {
        CaseReport.Exchange exchange = new CaseReport.Exchange("", null, OutcomeKind.NONE, why, "", Duration.ZERO);
        return new Outcome(OutcomeKind.NONE, null, "", why, exchange);
    }
}
