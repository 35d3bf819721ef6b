package today.p2p.conformance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Outcome;
import today.p2p.live.Finding;
import today.p2p.model.Judge;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;
import tools.jackson.databind.JsonNode;

/** Turns what came back for a case into a verdict and its reason. Has no state. */
final class Examiner {
    /** The cause of a refusal with the right code at another byte (ERR-2). */
    static final String OFFSET = "OFFSET";
    /** What a reason to skip begins with when the testee has not said in {@code hello} that it can do it. */
    static final String NOT_OFFERED = "it does not offer ";

    private final Specification specification;
    private final boolean strict;
    private final @Nullable String pinned;

    /**
     * @param strict SHOULD counts, and so does an imprecise error code
     * @param pinned cases newer than this suite version are NEW; null for no such
     */
    Examiner(Specification specification, boolean strict, @Nullable String pinned) {
        this.specification = specification;
        this.strict = strict;
        this.pinned = pinned;
    }

    /** What was found before the level of the case, the pin and the baseline have their say. */
    private record Found(Verdict verdict, CaseReport.Finding finding) {}

    /** Why a testee need not be asked this, from its own hello; empty if it must. */
    Optional<String> declined(Question question, TesteeReport.Hello hello) {
        return declined(question, hello.ops(), hello.codecs())
                .or(() -> question.role()
                        .filter(role -> !hello.abilities().roles().contains(role))
                        .map(role -> NOT_OFFERED + "the role " + role));
    }

    /** The same, but for the role of a live case. */
    Optional<String> declined(Question question, List<String> ops, List<Integer> codecs) {
        Optional<String> lackingOp =
                question.ops().stream().filter(op -> !ops.contains(op)).findFirst();
        if (lackingOp.isPresent()) {
            return lackingOp.map(op -> NOT_OFFERED + op);
        }
        List<String> lacking = lacking(question, codecs).stream()
                .map(codec -> codec + " (" + specification.codecs().get(codec) + ")")
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        NOT_OFFERED + (lacking.size() == 1 ? "codec " : "the codecs ") + String.join(", ", lacking));
    }

    /** The codecs in use that a case needs and that are not among these. */
    List<Integer> lacking(Question question, List<Integer> codecs) {
        return question.codecs().stream()
                .filter(codec -> specification.codecs().containsKey(codec) && !codecs.contains(codec))
                .distinct()
                .toList();
    }

    /** A case that was not asked. */
    CaseReport unasked(Question question, Verdict verdict, String why) {
        Outcome none = Outcome.none(why);
        return report(question, new Found(verdict, finding("", why)), none);
    }

    CaseReport examine(Question question, Outcome outcome) {
        return examine(question, new TesteeRun.Asking.Result(outcome, null));
    }

    CaseReport examine(Question question, TesteeRun.Asking.Result result) {
        Outcome outcome = result.outcome();
        Finding acted = result.finding();
        Found raw = acted == null ? found(question, outcome) : acted(acted);
        Found found = weighed(question, raw, outcome);
        if (pinned != null && Versions.isAfter(question.asked().since(), pinned)) {
            CaseReport.Finding finding = found.finding();
            String text = "newer than suite " + pinned + "; would be " + found.verdict()
                    + (finding.text().isEmpty() ? "" : ": " + finding.text());
            found = new Found(
                    Verdict.NEW,
                    new CaseReport.Finding(
                            finding.cause(), text, finding.path(), finding.expected(), finding.got(), false));
        }
        CaseReport report = report(question, found, outcome);
        return acted == null
                ? report
                : new CaseReport(
                        report.info(),
                        report.verdict(),
                        report.finding(),
                        report.exchange(),
                        question.views(acted.bytes()),
                        report.baseline());
    }

    private static Found acted(Finding acted) {
        CaseReport.Finding finding = new CaseReport.Finding(
                acted.cause(),
                acted.text(),
                null,
                acted.expected().isEmpty() ? null : acted.expected(),
                acted.got().isEmpty() ? null : acted.got(),
                acted.sort() == Finding.Sort.IMPRECISE);
        Verdict verdict = switch (acted.sort()) {
            case PASSED, IMPRECISE -> Verdict.PASS;
            case FAILED, LOST -> Verdict.FAIL;
            case SKIPPED -> Verdict.SKIP;
            case INFRA -> Verdict.INFRA;
        };
        return new Found(verdict, finding);
    }

    private static CaseReport report(Question question, Found found, Outcome outcome) {
        return new CaseReport(
                question.info(),
                found.verdict(),
                found.finding(),
                outcome.exchange(),
                question.bytes(outcome.value()),
                null);
    }

    private Found found(Question question, Outcome outcome) {
        return switch (outcome.kind()) {
            case TIMEOUT, CRASH, PROTOCOL ->
                new Found(Verdict.FAIL, finding(outcome.kind().name(), outcome.detail()));
            case SKIP -> new Found(Verdict.SKIP, finding("", outcome.detail()));
            case NONE -> new Found(Verdict.NOTRUN, finding("", outcome.detail()));
            case ERR -> refused(question, outcome);
            case OK -> judged(question, outcome);
        };
    }

    private Found refused(Question question, Outcome outcome) {
        if (outcome.code().equals("INTERNAL")) {
            return new Found(
                    Verdict.FAIL, finding("INTERNAL", "the testee found a defect of its own: " + outcome.detail()));
        }
        if (outcome.code().equals("NOOP")) {
            String op = question.asked().op();
            return new Found(Verdict.FAIL, finding("NOOP", "hello offers " + op + ", but it is answered with NOOP"));
        }
        if (!specification.errors().containsKey(outcome.code())) {
            return new Found(
                    Verdict.FAIL, finding("CODE", outcome.code() + " is not an error code of the registry (ERR-1)"));
        }
        return judged(question, outcome);
    }

    private Found judged(Question question, Outcome outcome) {
        JsonNode reply = Objects.requireNonNull(outcome.reply());
        Judge.Verdict judged;
        try {
            judged = Judge.judge(question.asked(), reply);
        } catch (RuntimeException e) {
            // The judge must not fall over a reply; if it does, that says nothing about the testee.
            return new Found(Verdict.INFRA, finding("INFRA", "the kit failed to judge this reply: " + e));
        }
        boolean sameCode =
                outcome.code().equals(question.asked().expect().path("err").asString(""));
        return switch (judged.kind()) {
            case PASS -> new Found(Verdict.PASS, finding("", ""));
            case SKIP -> new Found(Verdict.SKIP, finding("", judged.words()));
            case IMPRECISE ->
                new Found(
                        Verdict.PASS,
                        difference(sameCode ? OFFSET : "IMPRECISE." + outcome.code(), question, judged, reply, true));
            case FAIL ->
                new Found(Verdict.FAIL, difference(cause(question, outcome, judged), question, judged, reply, false));
        };
    }

    private static String cause(Question question, Outcome outcome, Judge.Verdict judged) {
        if (outcome.value() == null) {
            return "REFUSED." + outcome.code();
        }
        return question.asked().result() == Result.INVALID
                ? "ACCEPTED"
                : "VALUE" + judged.differsAt().replaceFirst("^\\$", "").replaceAll("\\s", "");
    }

    /** SHOULD and MAY are told, not counted; unless the answer is no answer, since nothing excuses a crash. */
    private Found weighed(Question question, Found found, Outcome outcome) {
        if (found.verdict() == Verdict.PASS && found.finding().imprecise() && strict) {
            return new Found(Verdict.FAIL, found.finding());
        }
        boolean answered = outcome.kind() == OutcomeKind.OK || outcome.kind() == OutcomeKind.ERR;
        if (found.verdict() != Verdict.FAIL
                || !answered
                || List.of("INTERNAL", "NOOP").contains(found.finding().cause())) {
            return found;
        }
        Level level = question.asked().level();
        boolean open = question.asked().result() == Result.ACCEPTABLE
                || level == Level.MAY
                || level == Level.SHOULD && !strict;
        return open ? new Found(Verdict.INFO, found.finding()) : found;
    }

    private static CaseReport.Finding finding(String cause, String text) {
        return new CaseReport.Finding(cause, text, null, null, null, false);
    }

    private static CaseReport.Finding difference(
            String cause, Question question, Judge.Verdict judged, JsonNode reply, boolean imprecise) {
        JsonNode expected = question.asked().expect();
        String path = judged.differsAt();
        String detail = reply.path("ok").isString() ? ": " + reply.path("ok").asString() : "";
        return new CaseReport.Finding(
                cause,
                judged.words() + detail,
                path.isEmpty() ? null : path,
                at(expected, path),
                at(reply, path),
                imprecise);
    }

    /** The value at a path such as {@code $.payload[1]} of an answer, as JSON; the whole answer if it is not there. */
    private static String at(JsonNode answer, String path) {
        JsonNode value = answer.path("ok");
        for (String step : path.replaceFirst("^\\$\\.?", "").split("[.\\[\\]]+")) {
            if (!step.isEmpty()) {
                value = value.isArray() && step.matches("\\d{1,9}")
                        ? value.path(Integer.parseInt(step))
                        : value.path(step);
            }
        }
        return Json.brief(value.isMissingNode() ? answer : value);
    }
}
