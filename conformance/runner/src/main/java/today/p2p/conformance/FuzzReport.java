package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Texts;

/**
 * How one testee and the model differ on mutated frames. None of this is a vector: where they differ, either may be wrong,
 * or the specification silent.
 *
 * @param asked frames that were put to the testee
 * @param skipped frames of these that it would not answer
 * @param imprecise frames that both refuse, with different codes
 * @param trouble why it ended early, or empty
 */
record FuzzReport(
        String testee, long seed, int asked, int skipped, int imprecise, String trouble, List<Finding> findings) {

    FuzzReport {
        findings = List.copyOf(findings);
    }

    /**
     * One disagreement.
     *
     * @param index of the frame in the seed's sequence
     * @param change what was done to a good frame
     * @param symptom what differs
     * @param got the testee's answer
     * @param frame hex; the smallest that was found when shrinking
     */
    record Finding(int index, String change, Symptom symptom, String got, String frame, List<Integer> codecs) {}

    boolean disagrees() {
        return !findings.isEmpty() || !trouble.isEmpty();
    }

    void tell(PrintWriter out) {
        out.println();
        out.println("fuzz " + testee + ": " + Texts.count(asked, "frame", "frames") + ", seed " + seed + ": "
                + Texts.count(findings.size(), "disagreement", "disagreements") + " with the model, " + imprecise
                + " other error codes, " + skipped + " skipped" + (trouble.isEmpty() ? "" : "; " + trouble));
        groups().forEach((symptom, group) -> {
            Finding first = group.get(0);
            out.println("  " + group.size() + " x " + symptom);
            out.println("    first: frame " + first.index() + ", " + first.change());
            out.println("    " + Console.cut(first.frame()) + " codecs " + first.codecs());
            out.println("    got " + Console.cut(first.got()));
        });
    }

    private Map<Symptom, List<Finding>> groups() {
        Map<Symptom, List<Finding>> groups = new LinkedHashMap<>();
        findings.forEach(each ->
                groups.computeIfAbsent(each.symptom(), any -> new ArrayList<>()).add(each));
        return groups;
    }

    static String json(List<FuzzReport> reports) {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(reports) + "\n";
    }
}
