package today.p2p.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Outcome;
import today.p2p.conformance.process.Session;
import today.p2p.conformance.process.Trace;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** Asks one testee every question and keeps its faults apart from its answers. Used once. */
final class TesteeRun {
    /** A testee that faults more often is not worth the time; the rest of the cases is NOTRUN. */
    static final int MAX_FAULTS = 25;

    private final Launch launch;
    private final Session session;
    private final Examiner examiner;
    private final Settings settings;
    private final Progress progress;
    private final List<CaseReport> reports = new ArrayList<>();
    private int faults;

    /** The last question that the present process answered, with its place in the reports. */
    private @Nullable Question previous;

    private int previousAt;

    /**
     * How to ask.
     *
     * @param retries how often a failed case is repeated
     * @param options words of the command line that belong to a command that repeats a case
     */
    record Settings(int retries, List<String> options, Trace trace) {
        static final Settings PLAIN = new Settings(0, List.of(), Trace.NONE);
    }

    TesteeRun(Launch launch, Examiner examiner, Settings settings, Progress progress) {
        this.launch = launch;
        this.session = new Session(launch, settings.trace());
        this.examiner = examiner;
        this.settings = settings;
        this.progress = progress;
    }

    TesteeReport run(List<Question> questions) throws InterruptedException {
        long began = System.nanoTime();
        TesteeReport.Hello hello = null;
        String trouble = null;
        String end = null;
        try (session) {
            hello = session.open();
            for (Question question : questions) {
                reports.add(ask(question, hello));
                progress.at(reports.size(), questions.size());
            }
            end = session.bye();
        } catch (Session.Unusable e) {
            trouble = e.getMessage();
        }
        String why = trouble;
        questions
                .subList(reports.size(), questions.size())
                .forEach(question -> reports.add(examiner.unasked(question, Verdict.NOTRUN, why == null ? "" : why)));
        String label = !launch.name().isEmpty() ? launch.name() : hello == null ? launch.command() : hello.name();
        return new TesteeReport(
                new TesteeReport.Info(label, launch.command(), hello, settings.options()),
                reports,
                session.restarts(),
                trouble,
                end == null ? List.of() : List.of("at its end: " + end),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private CaseReport ask(Question question, TesteeReport.Hello hello) throws Session.Unusable, InterruptedException {
        Optional<String> declined = examiner.declined(question, hello.ops(), hello.codecs());
        if (declined.isPresent()) {
            return examiner.unasked(question, Verdict.SKIP, declined.get());
        }
        if (faults > MAX_FAULTS) {
            throw new Session.Unusable("given up after " + faults + " faults; the rest was not run");
        }
        Outcome outcome = session.ask(question.asked().op(), question.asked().input());
        if (outcome.isFault()) {
            faults++;
            outcome = attributed(question, outcome);
        }
        if (session.answered() > 0) {
            previous = question;
            previousAt = reports.size();
        }
        CaseReport report = examiner.examine(question, outcome);
        return report.verdict() == Verdict.FAIL ? retried(question, report) : report;
    }

    /**
     * Charges a fault to the case that causes it. A testee that prints or dies just after an answer is noticed only at
     * the next question; a fresh process, asked each alone and then both, tells which of them it was. Silence is not
     * looked into: that would cost its deadline three times.
     */
    private Outcome attributed(Question question, Outcome fault) throws Session.Unusable, InterruptedException {
        Question suspect = previous;
        previous = null;
        if (fault.kind() == OutcomeKind.TIMEOUT || suspect == null) {
            return fault;
        }
        Outcome alone = fresh(question);
        if (alone.isFault()) {
            return fault;
        }
        if (!fresh(suspect).isFault()) {
            Outcome after = session.ask(question.asked().op(), question.asked().input());
            if (after.isFault()) {
                reports.set(previousAt, examiner.examine(suspect, told(after, "after its answer: ")));
                return alone;
            }
        }
        session.renew();
        return told(fault, "asked alone on a new process it answered; the cause lies in earlier requests: ");
    }

    private Outcome fresh(Question question) throws Session.Unusable, InterruptedException {
        session.renew();
        return session.ask(question.asked().op(), question.asked().input());
    }

    private static Outcome told(Outcome outcome, String prefix) {
        return new Outcome(
                outcome.kind(), outcome.reply(), outcome.code(), prefix + outcome.detail(), outcome.exchange());
    }

    /** Once more on a fresh process, and only when asked for: passing later is a failure of its own sort. */
    private CaseReport retried(Question question, CaseReport failed) throws Session.Unusable, InterruptedException {
        for (int i = 1; i <= settings.retries(); i++) {
            CaseReport again = examiner.examine(question, fresh(question));
            if (again.verdict() == Verdict.PASS) {
                CaseReport.Finding finding = failed.finding();
                String text = "passed at repetition " + i + "; before: " + finding.text();
                return new CaseReport(
                        failed.info(),
                        Verdict.FLAKY,
                        new CaseReport.Finding(
                                finding.cause(), text, finding.path(), finding.expected(), finding.got(), false),
                        failed.exchange(),
                        failed.bytes(),
                        null);
            }
        }
        return failed;
    }
}
