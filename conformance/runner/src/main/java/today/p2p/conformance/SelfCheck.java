package today.p2p.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.conformance.process.Launch;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.live.toy.ToyDefect;
import today.p2p.live.toy.ToyPeer;
import today.p2p.model.toy.ToyTestee;
import today.p2p.report.CaseReport;
import today.p2p.report.RunReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;
import today.p2p.vectors.Suite;

/**
 * The kit's proof of itself before each run: real processes, one good and several broken, each asked a few cases through
 * the same code that asks everybody else. A kit that calls a broken testee green is worse than none.
 */
final class SelfCheck {
    /** The provoked faults strike at this operation: that of the first question. */
    private static final String AT = "frame.encode";

    private static final int SECOND_PATIENCE = 4;

    private static final Launch.Deadlines PATIENT = new Launch.Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(5));
    private static final Launch.Deadlines BRIEF = new Launch.Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(1));

    private static final List<Toy> TOYS = List.of(
            new Toy("good", List.of(), PATIENT, "PASS PASS PASS"),
            new Toy("wrong answer", List.of("--mutant", "CHECKSUM_IGNORED"), PATIENT, "PASS PASS FAIL/ACCEPTED"),
            new Toy("crash", List.of("--crash-on", AT), PATIENT, "FAIL/CRASH PASS PASS"),
            new Toy("hang", List.of("--hang-on", AT), BRIEF, "FAIL/TIMEOUT PASS PASS"),
            new Toy("stray output", List.of("--stray-output", AT), PATIENT, "FAIL/PROTOCOL"),
            new Toy("no flush", List.of("--no-flush", AT), BRIEF, "FAIL/TIMEOUT(flush)"));

    private static final List<Actor> ACTORS = List.of(
            new Actor("good node", null, "LIV-MSH-016", "PASSED"),
            new Actor("node that relays back", ToyDefect.RELAYS_BACK, "LIV-MSH-016", "FAILED/SENT"),
            new Actor("node that forgets", ToyDefect.SEEN_FORGOTTEN, "LIV-MSH-018", "FAILED/DELIVERED"),
            new Actor("node that answers bad frames", ToyDefect.ANSWERS_BAD_FRAMES, "LIV-LNK-037", "FAILED/ANSWERED"));

    private final Specification specification;
    private final Suite builtIn;
    private final List<Question> sample;

    /** Always asks built-in cases, so that a directory of other vectors cannot hide a fault of the kit. */
    SelfCheck(Specification specification, Suite builtIn) {
        this.specification = specification;
        this.builtIn = builtIn;
        this.sample = Stream.of("FRM-ENC-001", "FRM-DEC-001", "FRM-NEG-001")
                .map(id -> Question.of(builtIn.find(id).orElseThrow()))
                .toList();
    }

    /** A testee of the self-check; it is asked as many questions as verdicts are expected. */
    private record Toy(String name, List<String> arguments, Launch.Deadlines deadlines, String expected) {
        int questions() {
            return expected.split(" ").length;
        }
    }

    /** One try of one testee, so many times more patient than usual. */
    interface Try {
        RunReport.Probe probe(int patience) throws InterruptedException;
    }

    RunReport.SelfCheck run() throws InterruptedException {
        long began = System.nanoTime();
        List<Try> tries = new ArrayList<>();
        TOYS.forEach(toy -> tries.add(patience -> probe(toy, patience)));
        ACTORS.forEach(actor -> tries.add(patience -> probe(actor, patience)));
        List<RunReport.Probe> probes = probes(tries);
        return new RunReport.SelfCheck(true, Duration.ofNanos(System.nanoTime() - began), probes);
    }

    /**
     * All at once; then those that did not end as they must once more, one by one and with patience: on a busy machine the
     * good testee is late, too, and only what the kit does then tells of the kit.
     */
    static List<RunReport.Probe> probes(List<Try> tries) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tries.size());
        try {
            List<Future<RunReport.Probe>> running = new ArrayList<>();
            tries.forEach(each -> running.add(threads.submit(() -> each.probe(1))));
            List<RunReport.Probe> probes = new ArrayList<>();
            for (Future<RunReport.Probe> each : running) {
                probes.add(each.get());
            }
            for (int index = 0; index < probes.size(); index++) {
                if (!probes.get(index).passed()) {
                    probes.set(index, tries.get(index).probe(SECOND_PATIENCE));
                }
            }
            return probes;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the self-check itself failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private RunReport.Probe probe(Toy toy, int patience) throws InterruptedException {
        Launch launch = new Launch(
                toy.name(),
                "toy",
                toyCommand(toy.arguments()),
                Map.of(),
                Path.of("").toAbsolutePath(),
                toy.deadlines().times(patience));
        Examiner examiner = new Examiner(specification, false, null);
        TesteeReport report = new TesteeRun(launch, examiner, TesteeRun.Settings.PLAIN, Progress.SILENT)
                .run(sample.subList(0, toy.questions()));
        return new RunReport.Probe(toy.name(), toy.expected(), outcome(report));
    }

    /**
     * A toy node of the self-check, in this process. Each does too much: that is seen without waiting.
     *
     * @param live the case that it acts
     */
    private record Actor(String name, @Nullable ToyDefect defect, String live, String expected) {}

    private RunReport.Probe probe(Actor actor, int patience) throws InterruptedException {
        Script script = Script.of(builtIn.find(actor.live()).orElseThrow());
        Finding finding =
                new Player(new ToyPeer(actor.defect()), PATIENT.times(patience).call()).play(script);
        String cause = finding.cause().isEmpty() ? "" : "/" + finding.cause();
        return new RunReport.Probe(actor.name(), actor.expected(), finding.sort() + cause);
    }

    /** The toy testee in a process of its own, on the virtual machine and classes that run now. */
    static List<String> toyCommand(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m"));
        words.addAll(archive());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), ToyTestee.class.getName()));
        words.addAll(arguments);
        return words;
    }

    /**
     * The launcher may have kept the toy's classes in an archive, with which a start costs less than half. One that does
     * not fit is passed over by the virtual machine; it must not say so on standard output, which is the testee's.
     */
    private static List<String> archive() {
        String file = System.getProperty("p2p.toy.archive");
        return file == null || !Files.isReadable(Path.of(file))
                ? List.of()
                : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    private static String outcome(TesteeReport report) {
        List<String> words = report.cases().stream().map(SelfCheck::word).toList();
        return String.join(" ", words) + (report.trouble() == null ? "" : "; " + report.trouble());
    }

    private static String word(CaseReport report) {
        CaseReport.Finding finding = report.finding();
        String cause = report.verdict() == Verdict.PASS ? "" : "/" + finding.cause();
        return report.verdict() + cause + (finding.text().contains("flush") ? "(flush)" : "");
    }
}
