package today.p2p.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Session;
import today.p2p.model.Shrink;
import today.p2p.report.CaseReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** Looks for the smallest frame with the same symptom, within a budget of tries and time for each. */
final class Shrinking {
    private static final int MOST_CASES = 20;
    private static final int MOST_TRIES = 2000;
    private static final long BUDGET_NANOS = Duration.ofSeconds(10).toNanos();

    private final Session session;
    private long ends;
    private int tries;

    Shrinking(Session session) {
        this.session = session;
    }

    /** The report, with a smaller frame told beside each failed frame.decode. */
    static TesteeReport shrunk(Launch launch, TesteeReport found, List<Question> questions)
            throws InterruptedException {
        if (found.info().hello() == null) {
            return found;
        }
        try (Session session = new Session(launch)) {
            List<CaseReport> cases = new ArrayList<>(found.cases());
            int left = MOST_CASES;
            for (int i = 0; i < cases.size() && left > 0; i++) {
                Question question = questions.get(i);
                if (cases.get(i).verdict() == Verdict.FAIL
                        && question.asked().op().equals("frame.decode")) {
                    left--;
                    cases.set(i, new Shrinking(session).shrunk(cases.get(i), question));
                }
            }
            return new TesteeReport(
                    found.info(), cases, found.restarts(), found.trouble(), found.complaints(), found.elapsed());
        } catch (Session.Unusable e) {
            return found;
        }
    }

    private CaseReport shrunk(CaseReport found, Question question) throws Session.Unusable, InterruptedException {
        byte[] frame = Question.decoded(question.asked().input().path("frame"));
        if (frame == null) {
            return found;
        }
        byte[] smallest = smallest(frame, question.codecs());
        CaseReport.Finding finding = found.finding();
        String text = finding.text() + "; the smallest frame that fails alike has " + smallest.length + " bytes: "
                + Json.shown(HexFormat.of().formatHex(smallest));
        return new CaseReport(
                found.info(),
                found.verdict(),
                new CaseReport.Finding(
                        finding.cause(), text, finding.path(), finding.expected(), finding.got(), finding.imprecise()),
                found.exchange(),
                found.bytes(),
                found.baseline());
    }

    /** The smallest frame found; the frame itself when the testee and the model agree on it. */
    byte[] smallest(byte[] frame, List<Integer> codecs) throws Session.Unusable, InterruptedException {
        Symptom wanted = Symptom.of(session, frame, codecs).symptom();
        if (!wanted.isDefect()) {
            return frame;
        }
        ends = System.nanoTime() + BUDGET_NANOS;
        tries = 0;
        return Shrink.frame(frame, codecs, candidate -> shows(wanted, candidate, codecs))
                .frame();
    }

    private boolean shows(Symptom wanted, byte[] candidate, List<Integer> codecs) {
        if (++tries > MOST_TRIES || System.nanoTime() > ends) {
            return false;
        }
        try {
            return Symptom.of(session, candidate, codecs).symptom().equals(wanted);
        } catch (Session.Unusable e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
