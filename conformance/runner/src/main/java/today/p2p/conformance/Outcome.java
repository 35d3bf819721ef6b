package today.p2p.conformance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import tools.jackson.databind.JsonNode;

/**
 * What came back for one call.
 *
 * @param kind tells which of the others are there
 * @param value the result, for {@link OutcomeKind#OK}
 * @param code the error code, for {@link OutcomeKind#ERR}
 * @param detail the testee's words, the reason of a skip, or what is wrong
 * @param exchange the lines, for the report
 */
record Outcome(OutcomeKind kind, @Nullable JsonNode value, String code, String detail, CaseReport.Exchange exchange) {

    /** The testee did not answer, or not to the question; its process is gone. */
    boolean isFault() {
        return switch (kind) {
            case TIMEOUT, CRASH, PROTOCOL -> true;
            case OK, ERR, SKIP, NONE -> false;
        };
    }

    Duration elapsed() {
        return exchange.elapsed();
    }

    /** For a call that is never made. */
    static Outcome none(String why) {
        CaseReport.Exchange exchange = new CaseReport.Exchange("", null, OutcomeKind.NONE, why, "", Duration.ZERO);
        return new Outcome(OutcomeKind.NONE, null, "", why, exchange);
    }
}
