package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the text points to is there: files, headings, clauses. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)]\\(([^)\\s]+)\\)");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Clause> clauses = Clause.byId();

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatExist() {
        for (Path file : Repository.markdown()) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher link = LINK.matcher(lines.get(i).replaceAll("`[^`]*`", ""));
                while (link.find()) {
                    check(file, i + 1, link.group(1));
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private void check(Path file, int line, String target) {
        if (target.startsWith("https://")) {
            return;
        }
        String[] parts = target.split("#", 2);
        Path to = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(to)) {
            problems.add(Repository.at(file, line) + " links to " + target + ", which is not there");
        } else if (parts.length == 2 && !anchors(to).contains(parts[1])) {
            problems.add(Repository.at(file, line) + " links to " + target + ", but no heading has that anchor");
        }
    }

    /** The anchors that Markdown renderers make of headings: lower case, no punctuation, dashes for spaces. */
    private static Set<String> anchors(Path file) {
        Set<String> anchors = new HashSet<>();
        for (String line : Repository.lines(file)) {
            if (line.matches("#+ .*")) {
                String heading = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
                anchors.add(heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }

    @Test
    void everyChapterIsInTheIndex() {
        String index = Repository.text(Repository.SPEC.resolve("README.md"));
        for (Path chapter : Repository.chapters()) {
            if (!index.contains("](" + chapter.getFileName() + ")")) {
                problems.add(Repository.at(chapter, 1) + " is missing from the contents in README.md");
            }
        }
        assertThat(problems).isEmpty();
    }

    /** A citation of a clause that does not exist is a mistake wherever it stands: text, registry, code or test. */
    @Test
    void everyClauseThatIsCitedExists() {
        Set<String> areas = new HashSet<>();
        clauses.values().forEach(clause -> areas.add(clause.prefix()));
        for (Path file : Repository.below(Repository.ROOT, LinksTest::mayCite)) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher id = Clause.ID.matcher(lines.get(i));
                while (id.find()) {
                    if (areas.contains(id.group(1)) && !clauses.containsKey(id.group())) {
                        problems.add(Repository.at(file, i + 1) + " cites " + id.group() + ", which does not exist");
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static boolean mayCite(Path file) {
        return file.toString().matches(".*\\.(md|csv|java|py|ksy|lua|cddl)");
    }
}
