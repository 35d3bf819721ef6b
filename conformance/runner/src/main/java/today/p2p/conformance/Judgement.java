package today.p2p.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import today.p2p.conformance.process.Launch;
import today.p2p.report.RunReport;
import today.p2p.report.TesteeReport;

/** One run from the self-check to the last testee, and everything it finds. Used once, by one thread. */
final class Judgement {
    private static final RunReport.SelfCheck NO_SELF_CHECK = new RunReport.SelfCheck(false, Duration.ZERO, List.of());

    private final Kit kit;
    private final ConformCommand.Wishes wishes;
    private final Baselines baselines;
    private final Progress progress;
    private final TesteeRun.Settings settings;
    private final Instant started = Clock.systemUTC().instant();
    private final long began = System.nanoTime();
    private final List<TesteeReport> testees = new ArrayList<>();
    private final List<FuzzReport> fuzzed = new ArrayList<>();
    private RunReport.SelfCheck selfCheck = NO_SELF_CHECK;

    Judgement(
            Kit kit,
            ConformCommand.Wishes wishes,
            Baselines baselines,
            Progress progress,
            TesteeRun.Settings settings) {
        this.kit = kit;
        this.wishes = wishes;
        this.baselines = baselines;
        this.progress = progress;
        this.settings = settings;
    }

    /** False, and said why, if the kit does not catch what it must. */
    boolean selfCheck(PrintWriter err) throws InterruptedException {
        progress.say("self-check: the kit is tried on testees that are broken on purpose");
        selfCheck = new SelfCheck(kit.specification(), kit.builtIn()).run();
        if (!selfCheck.passed()) {
            err.println("p2p conform: the kit failed its self-check, so it judges nobody.");
            selfCheck.probes().stream()
                    .filter(probe -> !probe.passed())
                    .forEach(probe -> err.println("  a testee that is '" + probe.name() + "': expected "
                            + probe.expected() + ", got " + probe.got()));
            err.println(
                    "  Tried twice. If this machine is very busy, that alone can be why: try again when it is not.");
        }
        return selfCheck.passed();
    }

    void run(List<Launch> launches, List<Question> questions) throws InterruptedException, IOException {
        LocalDate today = LocalDate.ofInstant(started, ZoneOffset.UTC);
        Examiner examiner = new Examiner(kit.specification(), wishes.strict(), wishes.pinned());
        for (Launch launch : launches) {
            progress.begin(launch.name().isEmpty() ? launch.command() : launch.name());
            TesteeReport found = new TesteeRun(launch, examiner, settings, progress).run(questions);
            if (wishes.shrink()) {
                found = Shrinking.shrunk(launch, found, questions);
            }
            TesteeReport named = named(baselines.apply(launch, found, kit.ids(), today));
            testees.add(named);
            TesteeReport.Hello hello = named.info().hello();
            if (wishes.fuzz() > 0 && hello != null) {
                fuzzed.add(new Fuzz(launch, wishes, settings.trace())
                        .run(named.info().label(), hello, progress));
            }
        }
    }

    /** Two testees may give the same name in hello; their reports need different ones. */
    private TesteeReport named(TesteeReport found) {
        String label = found.info().label();
        long same = testees.stream()
                .filter(each -> each.info().label().replaceFirst(" #\\d+$", "").equals(label))
                .count();
        if (same == 0) {
            return found;
        }
        TesteeReport.Info info = new TesteeReport.Info(
                label + " #" + (same + 1),
                found.info().command(),
                found.info().hello(),
                found.info().options());
        return new TesteeReport(
                info, found.cases(), found.restarts(), found.trouble(), found.complaints(), found.elapsed());
    }

    List<FuzzReport> fuzzed() {
        return fuzzed;
    }

    int exitCode() {
        int exit = Exit.of(testees);
        boolean disagrees = fuzzed.stream().anyMatch(FuzzReport::disagrees);
        return exit == Exit.CONFORMANT && disagrees ? Exit.FAILED : exit;
    }

    /**
     * Without {@code defects} it tells none of those that the cases catch. Finding them takes longer than asking a few cases,
     * so neither does a run whose cases were chosen.
     */
    RunReport report(boolean defects) {
        RunReport.Run run = new RunReport.Run(
                started,
                Duration.ofNanos(System.nanoTime() - began),
                wishes.command(),
                new RunReport.Settings(wishes.seed(), wishes.strict(), wishes.filter(), wishes.pinned()),
                exitCode(),
                environment());
        return new RunReport(
                kit.described(),
                run,
                selfCheck,
                kit.specification().clauses(),
                new RunReport.Names(
                        kit.specification().errors(), kit.specification().codecs()),
                defects && wishes.filter().isEmpty() ? kit.mutants() : List.of(),
                testees);
    }

    private static RunReport.Environment environment() {
        String kitVersion = Judgement.class.getPackage().getImplementationVersion();
        return new RunReport.Environment(
                kitVersion == null ? "0.1.0" : kitVersion,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors());
    }
}
