package today.p2p.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.report.CaseReport;
import today.p2p.report.Verdict;

/**
 * The failures of one testee that are known. A line says which case fails, for which cause, and until when that is
 * accepted: {@code FRM-NEG-011 cause=ACCEPTED issue=URL until=2027-03-01}. A line excuses exactly that failure: another
 * cause, a pass, a passed date or an id that does not exist makes the run fail, so that the file only shrinks.
 */
final class Baseline {
    static final Baseline EMPTY = new Baseline(Map.of());

    /** How long a new line of {@code --update-baseline} is accepted. */
    private static final int DAYS = 90;

    private static final String HEAD = """
            # Known failures of one testee. A line excuses one case, for one cause, up to and including a date:
            #   FRM-NEG-011  cause=ACCEPTED  issue=https://...  until=2027-03-01
            # A case that passes, fails for another cause, or is not there any more makes the run fail, and so does
            # a date that has passed.
            """;

    private final Map<String, Line> lines;

    private Baseline(Map<String, Line> lines) {
        this.lines = lines;
    }

    /** One known failure. */
    record Line(String id, String cause, String issue, LocalDate until) {
        @Override
        public String toString() {
            return id + "  cause=" + cause + (issue.isEmpty() ? "" : "  issue=" + issue) + "  until=" + until;
        }
    }

    /** A file that cannot be read; the message names the line. */
    static final class BadBaseline extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadBaseline(String message) {
            super(message);
        }
    }

    static Baseline read(Path file) {
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new BadBaseline("no baseline " + file + " (--update-baseline makes one)");
        } catch (IOException e) {
            throw new BadBaseline("cannot read " + file + ": " + e.getMessage());
        }
    }

    static Baseline parse(String name, List<String> text) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String place = name + ":" + (i + 1) + ": ";
                Line read = line(place, line);
                if (lines.put(read.id(), read) != null) {
                    throw new BadBaseline(place + read.id() + " has two lines");
                }
            }
        }
        return new Baseline(lines);
    }

    private static Line line(String place, String text) {
        String[] words = text.split("\\s+");
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String key = equals < 0 ? "" : words[i].substring(0, equals);
            if (!List.of("cause", "issue", "until").contains(key)) {
                throw new BadBaseline(place + "expected cause=, issue= or until= instead of " + words[i]);
            }
            fields.put(key, words[i].substring(equals + 1));
        }
        if (!fields.containsKey("cause") || !fields.containsKey("until")) {
            throw new BadBaseline(place + "a line needs a cause= and an until=");
        }
        try {
            LocalDate until = LocalDate.parse(fields.get("until"));
            return new Line(words[0], fields.get("cause"), fields.getOrDefault("issue", ""), until);
        } catch (DateTimeParseException e) {
            throw new BadBaseline(place + "until=" + fields.get("until") + " is not a date such as 2027-03-01");
        }
    }

    /** The verdict of a case in the light of its line, if it has one. */
    CaseReport apply(CaseReport found, LocalDate today) {
        Line line = lines.get(found.id());
        if (line == null) {
            return found;
        }
        Verdict verdict = switch (found.verdict()) {
            case PASS -> Verdict.XPASS;
            case FAIL -> excuses(line, found, today) ? Verdict.XFAIL : Verdict.FAIL;
            default -> found.verdict();
        };
        return new CaseReport(found.info(), verdict, found.finding(), found.exchange(), found.bytes(), line.toString());
    }

    private static boolean excuses(Line line, CaseReport found, LocalDate today) {
        return line.cause().equals(found.finding().cause()) && !today.isAfter(line.until());
    }

    /** What is wrong with the lines themselves. Cases that the filter left out are not held against them. */
    List<String> complaints(List<CaseReport> found, List<String> allIds, LocalDate today) {
        Map<String, CaseReport> byId = new LinkedHashMap<>();
        found.forEach(each -> byId.put(each.id(), each));
        List<String> complaints = new ArrayList<>();
        for (Line line : lines.values()) {
            String complaint = complaint(line, byId.get(line.id()), allIds.contains(line.id()), today);
            if (complaint != null) {
                complaints.add("baseline: " + line.id() + ": " + complaint);
            }
        }
        return complaints;
    }

    private static @Nullable String complaint(Line line, @Nullable CaseReport found, boolean exists, LocalDate today) {
        if (!exists) {
            return "there is no such case";
        }
        if (today.isAfter(line.until())) {
            return "accepted until " + line.until() + ", which has passed";
        }
        if (found == null) {
            return null;
        }
        return switch (found.verdict()) {
            case XPASS -> "passes now; take the line out";
            case SKIP, INFO, NEW -> "is " + found.verdict() + ", not a failure; take the line out";
            case FAIL -> "fails for cause " + found.finding().cause() + ", not " + line.cause();
            case PASS, XFAIL, FLAKY, INFRA, NOTRUN -> null;
        };
    }

    /** The file as it should be after this run: lines that hold are kept, gone ones dropped, new failures added. */
    String updated(List<CaseReport> found, List<String> allIds, LocalDate today) {
        Map<String, Line> kept = new LinkedHashMap<>(lines);
        kept.keySet().retainAll(allIds);
        for (CaseReport each : found) {
            switch (each.verdict()) {
                case FAIL, XFAIL -> kept.put(each.id(), renewed(each, lines.get(each.id()), today));
                case PASS, XPASS, SKIP, INFO, NEW -> kept.remove(each.id());
                case FLAKY, INFRA, NOTRUN -> {
                    // Nothing was learnt about the line.
                }
            }
        }
        StringBuilder text = new StringBuilder(HEAD);
        kept.values().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static Line renewed(CaseReport found, @Nullable Line line, LocalDate today) {
        if (line != null && excuses(line, found, today)) {
            return line;
        }
        String issue = line == null ? "" : line.issue();
        return new Line(found.id(), found.finding().cause(), issue, today.plusDays(DAYS));
    }
}
