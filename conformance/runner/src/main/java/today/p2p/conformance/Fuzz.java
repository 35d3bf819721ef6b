package today.p2p.conformance;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Session;
import today.p2p.conformance.process.Trace;
import today.p2p.model.Mutation;
import today.p2p.report.TesteeReport;

/** Puts mutated frames to a testee and to the model, and keeps what they disagree about. Used once. */
final class Fuzz {
    private static final int MOST_FINDINGS = 200;

    private final Launch launch;
    private final ConformCommand.Wishes wishes;
    private final Trace trace;
    private final List<FuzzReport.Finding> findings = new ArrayList<>();
    private int asked;
    private int skipped;
    private int imprecise;
    private int faults;

    Fuzz(Launch launch, ConformCommand.Wishes wishes, Trace trace) {
        this.trace = trace;
        this.launch = launch;
        this.wishes = wishes;
    }

    FuzzReport run(String label, TesteeReport.Hello hello, Progress progress) throws InterruptedException {
        String trouble = hello.ops().contains("frame.decode") ? "" : "it does not offer frame.decode";
        try (Session session = new Session(launch, trace)) {
            var samples = Mutation.samples(wishes.seed(), wishes.fuzz()).iterator();
            while (trouble.isEmpty() && samples.hasNext()) {
                ask(session, hello, samples.next());
                progress.at(asked, wishes.fuzz());
                if (faults > TesteeRun.MAX_FAULTS || findings.size() >= MOST_FINDINGS) {
                    trouble = "ended early: that is enough";
                }
            }
            if (wishes.shrink()) {
                shrink(session);
            }
        } catch (Session.Unusable e) {
            trouble = String.valueOf(e.getMessage());
        }
        return new FuzzReport(label, wishes.seed(), asked, skipped, imprecise, trouble, findings);
    }

    private void ask(Session session, TesteeReport.Hello hello, Mutation.Sample sample)
            throws Session.Unusable, InterruptedException {
        // A link lists only codecs that its receiver has; the model is asked with the same list.
        List<Integer> codecs =
                sample.codecs().stream().filter(hello.codecs()::contains).toList();
        asked++;
        Symptom.Seen seen = Symptom.of(session, sample.frame(), codecs);
        Symptom symptom = seen.symptom();
        faults += seen.outcome().isFault() ? 1 : 0;
        imprecise += symptom.testee().equals("IMPRECISE") ? 1 : 0;
        skipped += symptom.testee().equals("SKIP") ? 1 : 0;
        if (symptom.isDefect()) {
            String reply = seen.outcome().exchange().reply();
            String got = reply == null ? seen.outcome().detail() : reply;
            String hex = HexFormat.of().formatHex(sample.frame());
            findings.add(
                    new FuzzReport.Finding(sample.index(), sample.change(), symptom, Json.shown(got), hex, codecs));
        }
    }

    /** The first finding of each symptom; the others are of the same kind. */
    private void shrink(Session session) throws Session.Unusable, InterruptedException {
        List<Symptom> done = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            FuzzReport.Finding each = findings.get(i);
            if (!done.contains(each.symptom())) {
                done.add(each.symptom());
                byte[] frame = HexFormat.of().parseHex(each.frame());
                String smallest = HexFormat.of().formatHex(new Shrinking(session).smallest(frame, each.codecs()));
                findings.set(
                        i,
                        new FuzzReport.Finding(
                                each.index(), each.change(), each.symptom(), each.got(), smallest, each.codecs()));
            }
        }
    }
}
