package today.p2p.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import today.p2p.conformance.process.Launch;
import today.p2p.report.CaseReport;
import today.p2p.report.TesteeReport;

/** The baselines of a run, each with its testee and file. */
final class Baselines {
    private final Map<Launch, Path> files = new LinkedHashMap<>();
    private final Map<Launch, Baseline> read = new LinkedHashMap<>();
    private final boolean update;

    private Baselines(boolean update) {
        this.update = update;
    }

    /** Finds the testee of each {@code [NAME=]FILE} and reads the file; with update it need not be there yet. */
    static Baselines read(List<String> given, List<Launch> launches, boolean update) {
        if (update && given.isEmpty()) {
            throw new IllegalArgumentException("--update-baseline: say which file, with --baseline FILE");
        }
        Baselines baselines = new Baselines(update);
        for (String each : given) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? "" : each.substring(0, equals);
            Path file = Path.of(each.substring(equals + 1));
            Launch launch = launches.stream()
                    .filter(candidate -> candidate.name().equals(name) || name.isEmpty() && launches.size() == 1)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            name.isEmpty()
                                    ? "--baseline: several testees; write NAME=FILE and --testee NAME=CMD"
                                    : "--baseline: no testee is named " + name));
            baselines.files.put(launch, file);
            baselines.read.put(launch, update && !Files.exists(file) ? Baseline.EMPTY : Baseline.read(file));
        }
        return baselines;
    }

    /** The report in the light of the testee's baseline; writes the baseline anew when that was asked for. */
    TesteeReport apply(Launch launch, TesteeReport found, List<String> allIds, LocalDate today) throws IOException {
        Baseline baseline = read.get(launch);
        Path file = files.get(launch);
        if (baseline == null || file == null) {
            return found;
        }
        if (update && found.info().hello() != null) {
            String text = baseline.updated(found.cases(), allIds, today);
            Files.writeString(file, text);
            baseline = Baseline.parse(file.toString(), text.lines().toList());
        }
        Baseline used = baseline;
        List<CaseReport> cases =
                found.cases().stream().map(each -> used.apply(each, today)).toList();
        return new TesteeReport(
                found.info(),
                cases,
                found.restarts(),
                found.trouble(),
                Stream.concat(found.complaints().stream(), used.complaints(cases, allIds, today).stream())
                        .toList(),
                found.elapsed());
    }
}
