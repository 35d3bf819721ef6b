package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The clauses are well-formed, numbered, never lost and never given twice. */
class ClausesTest {
    private static final Path LOCK = Repository.SPEC.resolve("clauses.lock");
    private static final Pattern KEYWORD =
            Pattern.compile("\\b(MUST|SHALL|SHOULD|REQUIRED|RECOMMENDED|MAY|OPTIONAL)\\b");
    private static final Pattern HEAD = Pattern.compile("\\*\\*[A-Z0-9-]+\\*\\* \\((MUST|SHOULD|MAY)\\)");

    private final List<String> problems = new ArrayList<>();
    private final List<Clause> clauses = Clause.all(problems);

    @Test
    void everyParagraphThatLooksLikeAClauseIsOne() {
        assertThat(problems).isEmpty();
        assertThat(clauses).hasSizeGreaterThan(80);
    }

    @Test
    void anIdIsGivenOnceAndEachAreaStaysInOneChapter() {
        Map<String, Clause> first = new HashMap<>();
        Map<String, Path> home = new HashMap<>();
        for (Clause clause : clauses) {
            Clause other = first.putIfAbsent(clause.id(), clause);
            if (other != null) {
                problems.add(clause.at() + " gives " + clause.id() + " again; it is at " + other.at());
            }
            Path chapter = home.putIfAbsent(clause.prefix(), clause.file());
            if (chapter != null && !chapter.equals(clause.file())) {
                problems.add(clause.at() + " puts " + clause.id() + " outside the chapter of its area");
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theLockHoldsEveryIdThatWasEverGivenAndNumbersHaveNoGaps() {
        if (Repository.WRITE) {
            appendToLock();
        }
        List<String> locked = new ArrayList<>();
        Set<String> retired = new HashSet<>();
        readLock(locked, retired);
        Set<String> present = new LinkedHashSet<>();
        clauses.forEach(clause -> present.add(clause.id()));

        for (Clause clause : clauses) {
            if (!locked.contains(clause.id())) {
                problems.add(clause.at() + " " + clause.id() + " is not in clauses.lock: append it"
                        + " (-Dspec.write=true does)");
            }
            if (retired.contains(clause.id())) {
                problems.add(clause.at() + " uses the retired id " + clause.id() + " again");
            }
        }
        for (int i = 0; i < locked.size(); i++) {
            if (!present.contains(locked.get(i)) && !retired.contains(locked.get(i))) {
                problems.add(Repository.at(LOCK, i + 1) + " " + locked.get(i) + " is in no chapter; mark it as"
                        + " retired, with the reason");
            }
        }
        problems.addAll(gaps(locked));
        assertThat(problems).isEmpty();
        assertThat(locked).doesNotHaveDuplicates();
    }

    private void readLock(List<String> locked, Set<String> retired) {
        List<String> lines = Repository.lines(LOCK);
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = Pattern.compile("([A-Z0-9]{3}-[1-9][0-9]*)( retired: \\S.*)?")
                    .matcher(lines.get(i));
            if (!line.matches()) {
                problems.add(Repository.at(LOCK, i + 1) + " is not of the form: ABC-1 [retired: reason]");
                continue;
            }
            locked.add(line.group(1));
            if (line.group(2) != null) {
                retired.add(line.group(1));
            }
        }
    }

    private static List<String> gaps(List<String> locked) {
        Map<String, Set<Integer>> numbers = new TreeMap<>();
        for (String id : locked) {
            numbers.computeIfAbsent(id.substring(0, 3), area -> new TreeSet<>()).add(Integer.valueOf(id.substring(4)));
        }
        List<String> gaps = new ArrayList<>();
        numbers.forEach((area, given) -> {
            for (int n = 1; n <= given.size(); n++) {
                if (!given.contains(n)) {
                    gaps.add("clauses.lock: " + area + "-" + n + " was skipped");
                }
            }
        });
        return gaps;
    }

    private void appendToLock() {
        StringBuilder lock = new StringBuilder(LOCK.toFile().exists() ? Repository.text(LOCK) : "");
        Set<String> known = new HashSet<>();
        lock.toString().lines().forEach(line -> known.add(line.split(" ")[0]));
        clauses.stream()
                .map(Clause::id)
                .filter(known::add)
                .forEach(id -> lock.append(id).append('\n'));
        Repository.write(LOCK, lock.toString());
    }

    @Test
    void aRequirementWordInCapitalsStandsInTheHeadOfAClauseOnly() {
        for (Path file : Repository.markdown()) {
            boolean code = false;
            boolean boilerplate = false;
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                code ^= line.startsWith("```");
                // The paragraph that defines the words names them all; it is known by its link.
                boilerplate =
                        !line.isBlank() && (boilerplate || paragraph(lines, i).contains("rfc2119"));
                Matcher word = KEYWORD.matcher(HEAD.matcher(line).replaceAll(""));
                if (!code && !boilerplate && word.find()) {
                    problems.add(Repository.at(file, i + 1) + " has " + word.group() + " outside the head of a clause");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static String paragraph(List<String> lines, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < lines.size() && !lines.get(i).isBlank(); i++) {
            text.append(lines.get(i));
        }
        return text.toString();
    }

    @Test
    void everyErrorOfAClauseIsInTheRegistry() {
        List<String> codes = Registry.of("errors").column("code");
        for (Clause clause : clauses) {
            for (String err : clause.errs()) {
                if (!codes.contains(err)) {
                    problems.add(clause.at() + " " + clause.id() + " names [err: " + err + "], not in errors.csv");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theListOfClausesThatNobodyCanTestStaysShort() {
        List<String> untestable = clauses.stream()
                .filter(clause -> clause.untestable().isPresent())
                .map(Clause::id)
                .toList();

        assertThat(untestable).hasSizeLessThanOrEqualTo(3);
    }

    /** For other programs: target/requirements.json. */
    @Test
    void theClausesAreExtracted() {
        List<Map<String, Object>> requirements = new ArrayList<>();
        for (Clause clause : clauses) {
            Map<String, Object> entry = new TreeMap<>();
            entry.put("id", clause.id());
            entry.put("level", clause.level());
            entry.put("text", clause.text());
            entry.put("errs", clause.errs());
            entry.put("chapter", clause.file().getFileName().toString());
            entry.put("line", clause.line());
            clause.untestable().ifPresent(reason -> entry.put("untestable", reason));
            requirements.add(entry);
        }
        String json =
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(requirements);

        Repository.write(Repository.SPEC.resolve("target/requirements.json"), json + "\n");

        assertThat(JsonMapper.builder().build().readTree(json)).hasSize(clauses.size());
    }
}
