package today.p2p.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One numbered requirement of a chapter. */
record Clause(
        String id, String level, String text, List<String> errs, Optional<String> untestable, Path file, int line) {
    /** What an id looks like wherever it is cited; vector ids have leading zeros or a longer name and do not match. */
    static final Pattern ID =
            Pattern.compile("(?<![A-Za-z0-9-])([A-Z][A-Z0-9]{2})-([1-9][0-9]*)(?![0-9-]*[A-Za-z0-9])");

    private static final Pattern START = Pattern.compile("\\*\\*([A-Z0-9-]+)\\*\\*.*");
    private static final Pattern WELL_FORMED =
            Pattern.compile("\\*\\*([A-Z][A-Z0-9]{2}-[1-9][0-9]*)\\*\\* \\((MUST|SHOULD|MAY)\\) (\\S.*)");
    private static final Pattern ERR = Pattern.compile("\\[err: ([A-Z0-9]+)]");
    private static final Pattern UNTESTABLE = Pattern.compile("\\(untestable: ([^)]+)\\)");

    String prefix() {
        return id.substring(0, id.indexOf('-'));
    }

    int number() {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    String at() {
        return Repository.at(file, line);
    }

    /** Every clause of every chapter, in the order of the text; what only looks like a clause goes to the problems. */
    static List<Clause> all(List<String> problems) {
        List<Clause> clauses = new ArrayList<>();
        for (Path file : Repository.chapters()) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (START.matcher(lines.get(i)).matches()) {
                    read(file, lines, i, problems).ifPresent(clauses::add);
                }
            }
        }
        return clauses;
    }

    static Map<String, Clause> byId() {
        Map<String, Clause> clauses = new LinkedHashMap<>();
        all(new ArrayList<>()).forEach(clause -> clauses.put(clause.id(), clause));
        return clauses;
    }

    private static Optional<Clause> read(Path file, List<String> lines, int from, List<String> problems) {
        StringBuilder paragraph = new StringBuilder(lines.get(from).strip());
        for (int i = from + 1; i < lines.size() && !lines.get(i).isBlank(); i++) {
            paragraph.append(' ').append(lines.get(i).strip());
        }
        Matcher head = WELL_FORMED.matcher(paragraph);
        if (!head.matches()) {
            problems.add(Repository.at(file, from + 1) + " looks like a clause but is not of the form"
                    + " **ABC-1** (MUST|SHOULD|MAY) text");
            return Optional.empty();
        }
        String text = head.group(3);
        List<String> errs =
                ERR.matcher(text).results().map(found -> found.group(1)).toList();
        Optional<String> untestable =
                UNTESTABLE.matcher(text).results().map(found -> found.group(1)).findFirst();
        return Optional.of(new Clause(head.group(1), head.group(2), text, errs, untestable, file, from + 1));
    }
}
