package today.p2p.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What differs between an earlier run and this one, case by case. Testees are matched by their label; where each run has
 * but one testee, these are compared whatever they are called.
 *
 * @param since the earlier run's date and suite, for a reader
 * @param unmatched which testees of the two runs have no counterpart, for a reader; empty when all have
 */
public record Comparison(String since, String unmatched, List<Change> changes) {
    private static final long MOST_BYTES = 256L << 20;

    public Comparison {
        changes = List.copyOf(changes);
    }

    /** Whether a change is for the worse, for the better, or neither (a case came, went or is only told). */
    public enum Direction {
        RED,
        GREEN,
        OTHER
    }

    /**
     * One case with another verdict.
     *
     * @param before the earlier verdict, or {@code absent}
     * @param after this run's verdict, or {@code absent}
     */
    public record Change(String testee, String caseId, String before, String after, Direction direction) {}

    /**
     * Compares with the results that an earlier run wrote.
     *
     * @throws IOException if the file cannot be read, is larger than 256 MiB or is not a {@code results.json} of this format
     */
    public static Comparison with(Path results, RunReport now) throws IOException {
        if (Files.size(results) > MOST_BYTES) {
            throw new IOException(results + " is too large to be a results.json");
        }
        JsonNode earlier;
        try {
            earlier = new JsonMapper().readTree(Files.readAllBytes(results));
        } catch (JacksonException e) {
            throw new IOException(results + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!ResultsJson.FORMAT.equals(earlier.path("format").asString(""))) {
            throw new IOException(results + " is not in the format " + ResultsJson.FORMAT);
        }
        return between(earlier, now);
    }

    /** One line a change, worst first, for a console; the first line says against what. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!unmatched.isEmpty()) {
            lines.add(unmatched);
        }
        if (unmatched.isEmpty() || !changes.isEmpty()) {
            String count =
                    changes.isEmpty() ? "no change" : changes.size() + (changes.size() == 1 ? " change" : " changes");
            lines.add(count + " since " + since);
        }
        for (Direction direction : Direction.values()) {
            changes.stream()
                    .filter(each -> each.direction() == direction)
                    .forEach(each -> lines.add("%s %s  %s -> %s  (%s)"
                            .formatted(
                                    sign(direction),
                                    Shown.line(each.caseId(), 60),
                                    Shown.line(each.before(), 20),
                                    each.after(),
                                    Shown.line(each.testee(), 60))));
        }
        return lines;
    }

    private static String sign(Direction direction) {
        return switch (direction) {
            case RED -> "-";
            case GREEN -> "+";
            case OTHER -> "~";
        };
    }

    private static Comparison between(JsonNode earlier, RunReport now) {
        Map<String, JsonNode> testees = new LinkedHashMap<>();
        earlier.path("testees").forEach(each -> testees.put(each.path("label").asString(""), each));
        List<Change> changes = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        boolean alone = testees.size() == 1 && now.testees().size() == 1;
        for (TesteeReport testee : now.testees()) {
            String label =
                    alone ? testees.keySet().iterator().next() : testee.info().label();
            JsonNode before = testees.get(label);
            if (before != null) {
                changes.addAll(between(verdicts(before), testee));
            } else {
                lost.add(Shown.line(label, 60));
            }
        }
        String suite = earlier.path("suite").path("version").asString("?");
        return new Comparison(
                when(earlier.path("run").path("started").asString("")) + ", suite " + suite,
                unmatched(testees, now, lost),
                changes);
    }

    private static String unmatched(Map<String, JsonNode> before, RunReport now, List<String> lost) {
        if (lost.isEmpty()) {
            return "";
        }
        String names =
                before.keySet().stream().map(each -> Shown.line(each, 60)).collect(Collectors.joining(", "));
        String what = lost.size() == now.testees().size() ? "no testee in common" : "no earlier results";
        return what + " (now " + String.join(", ", lost) + " / before " + names + ")";
    }

    /** Cases of before that are not in this run are left out: a filter hides them, it does not change them. */
    private static List<Change> between(Map<String, String> before, TesteeReport now) {
        String label = now.info().label();
        List<Change> changes = new ArrayList<>();
        for (CaseReport one : now.cases()) {
            String was = before.get(one.id());
            String is = Mark.of(one).name();
            if (!is.equals(was)) {
                changes.add(change(label, one.id(), was == null ? "absent" : was, is));
            }
        }
        return changes;
    }

    private static Change change(String testee, String caseId, String before, String after) {
        int from = rank(before);
        int to = rank(after);
        Direction direction =
                from == 0 || to == 0 || from == to ? Direction.OTHER : to > from ? Direction.RED : Direction.GREEN;
        return new Change(testee, caseId, before, after, direction);
    }

    /** 1 is best; 0 is no opinion. */
    private static int rank(String mark) {
        return switch (mark) {
            case "PASS" -> 1;
            case "IMPRECISE" -> 2;
            case "SKIP" -> 3;
            case "XFAIL" -> 4;
            case "FAIL", "FLAKY", "XPASS", "NOTRUN", "INFRA" -> 5;
            default -> 0;
        };
    }

    private static Map<String, String> verdicts(JsonNode testee) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (JsonNode result : testee.path("results")) {
            String verdict = result.path("verdict").asString("");
            boolean imprecise =
                    verdict.equals("PASS") && result.path("imprecise").asBoolean(false);
            verdicts.put(result.path("case").asString(""), imprecise ? "IMPRECISE" : verdict);
        }
        return verdicts;
    }

    private static String when(String started) {
        try {
            return PageHead.time(Instant.parse(started));
        } catch (java.time.DateTimeException e) {
            return Shown.line(started, 40);
        }
    }
}
