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
import today.p2p.live.Control;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;
import tools.jackson.databind.node.ObjectNode;

/** Asks one testee every question and keeps its faults apart from its answers. Used once. */
final class TesteeRun {
    /** A testee that faults more often is not worth the time; the rest of the cases is NOTRUN. */
    static final int MAX_FAULTS = 25;

    private final Launch launch;
    private final Session session;
    private final Asking asking;
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
     * @param slow whether to act the cases that wait for timers of ten seconds and more
     * @param options words of the command line that belong to a command that repeats a case
     */
    record Settings(int retries, boolean slow, List<String> options, Trace trace) {
        static final Settings PLAIN = new Settings(0, true, List.of(), Trace.NONE);
    }

    TesteeRun(Launch launch, Examiner examiner, Settings settings, Progress progress) {
        this.launch = launch;
        this.session = new Session(launch, settings.trace());
        this.asking = new Asking(session, launch.deadlines().call());
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
        Optional<String> declined = examiner.declined(question, hello);
        if (declined.isEmpty() && question.isSlow() && !settings.slow()) {
            declined = Optional.of("it takes ten seconds or more; --slow asks it");
        }
        if (declined.isPresent()) {
            return examiner.unasked(question, Verdict.SKIP, declined.get());
        }
        if (faults > MAX_FAULTS) {
            throw new Session.Unusable("given up after " + faults + " faults; the rest was not run");
        }
        Asking.Result result = asking.ask(question);
        if (result.outcome().isFault()) {
            faults++;
            result = attributed(question, result);
        }
        if (session.answered() > 0) {
            previous = question;
            previousAt = reports.size();
        }
        CaseReport report = examiner.examine(question, result);
        return report.verdict() == Verdict.FAIL ? retried(question, report) : report;
    }

    /**
     * Charges a fault to the case that causes it. A testee that prints or dies just after an answer is noticed only at
     * the next question; a fresh process, asked each alone and then both, tells which of them it was. Silence is not
     * looked into: that would cost its deadline three times.
     */
    private Asking.Result attributed(Question question, Asking.Result fault)
            throws Session.Unusable, InterruptedException {
        Question suspect = previous;
        previous = null;
        if (fault.outcome().kind() == OutcomeKind.TIMEOUT || suspect == null) {
            return fault;
        }
        Asking.Result alone = fresh(question);
        if (alone.outcome().isFault()) {
            return fault;
        }
        if (!fresh(suspect).outcome().isFault()) {
            Asking.Result after = asking.ask(question);
            if (after.outcome().isFault()) {
                reports.set(previousAt, examiner.examine(suspect, told(after, "after its answer: ")));
                return alone;
            }
        }
        session.renew();
        return told(fault, "asked alone on a new process it answered; the cause lies in earlier requests: ");
    }

    private Asking.Result fresh(Question question) throws Session.Unusable, InterruptedException {
        session.renew();
        return asking.ask(question);
    }

    private static Asking.Result told(Asking.Result result, String prefix) {
        Outcome outcome = result.outcome();
        Outcome told = new Outcome(
                outcome.kind(), outcome.reply(), outcome.code(), prefix + outcome.detail(), outcome.exchange());
        return new Asking.Result(told, null);
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

    /** Puts a question to a testee: one call, or for a live case a script that raw peers act with a node of it. */
    static final class Asking {
        private static final int MOST_PLAYS = 4;

        private final Session session;
        private final Duration patience;

        /** @param patience how long the testee may take for each step of a script */
        Asking(Session session, Duration patience) {
            this.session = session;
            this.patience = patience;
        }

        /**
         * What came back.
         *
         * @param finding of a live case that was acted; null for any other
         */
        record Result(Outcome outcome, @Nullable Finding finding) {}

        Result ask(Question question) throws Session.Unusable, InterruptedException {
            if (!question.asked().isLive()) {
                return new Result(
                        session.ask(question.asked().op(), question.asked().input()), null);
            }
            Calls calls = new Calls();
            long began = System.nanoTime();
            Finding finding = played(calls, question);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
            if (calls.unusable != null) {
                throw calls.unusable;
            }
            if (calls.fault != null) {
                return new Result(calls.fault, null);
            }
            return new Result(outcome(finding, elapsed), finding);
        }

        /** As often as a busy machine keeps a peer from what the script has it do, but not for ever. */
        private Finding played(Calls calls, Question question) throws InterruptedException {
            Script script = Script.of(question.asked());
            Player player = new Player(calls, patience);
            Finding finding = player.play(script);
            for (int again = 1; again < MOST_PLAYS && player.wasLate() && isFailed(finding); again++) {
                player = new Player(calls, patience);
                finding = player.play(script);
            }
            return finding;
        }

        private static boolean isFailed(Finding finding) {
            return finding.sort() == Finding.Sort.FAILED;
        }

        private static Outcome outcome(Finding finding, Duration elapsed) {
            OutcomeKind kind = finding.sort() == Finding.Sort.SKIPPED ? OutcomeKind.SKIP : OutcomeKind.OK;
            String told = String.join("\n", finding.told());
            String detail = kind == OutcomeKind.SKIP ? finding.text() : "";
            return new Outcome(
                    kind, null, "", detail, new CaseReport.Exchange("live", told, kind, detail, "", elapsed));
        }

        /** The side door, over the pipe of the testee. */
        private final class Calls implements Control {
            private @Nullable Outcome fault;
            private Session.@Nullable Unusable unusable;

            @Override
            public Reply ask(String op, ObjectNode in) throws Lost, InterruptedException {
                if (fault != null) {
                    throw new Lost("the testee is gone");
                }
                Outcome outcome;
                try {
                    outcome = session.ask(op, in);
                } catch (Session.Unusable e) {
                    unusable = e;
                    throw new Lost("the testee cannot be started");
                }
                if (outcome.isFault()) {
                    fault = outcome;
                    throw new Lost(outcome.detail());
                }
                boolean refused = outcome.kind() == OutcomeKind.ERR;
                boolean skipped = outcome.kind() == OutcomeKind.SKIP;
                return new Reply(outcome.value(), refused ? outcome.code() : "", skipped ? outcome.detail() : "");
            }
        }
    }
}
