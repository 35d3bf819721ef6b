package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every word of the glossary is used, and no word is used that the glossary rules out. */
class GlossaryTest {
    private static final Path GLOSSARY = Repository.SPEC.resolve("01-glossary.md");
    private static final Pattern ENTRY = Pattern.compile("\\*\\*([A-Za-z0-9 -]+)\\*\\*: .*");
    private static final Pattern NOT = Pattern.compile("\\(not: ([^)]+)\\)");

    private final List<String> problems = new ArrayList<>();

    @Test
    void everyTermIsDefinedOnceAndUsed() {
        String text = prose().replaceAll("\\s+", " ");
        Set<String> seen = new HashSet<>();
        List<String> lines = Repository.lines(GLOSSARY);
        for (int i = 0; i < lines.size(); i++) {
            Matcher entry = ENTRY.matcher(lines.get(i));
            if (!entry.matches()) {
                continue;
            }
            String term = entry.group(1);
            if (!seen.add(term)) {
                problems.add(Repository.at(GLOSSARY, i + 1) + " defines " + term + " again");
            }
            if (!word(term).matcher(text).find()) {
                problems.add(Repository.at(GLOSSARY, i + 1) + " defines " + term + ", which no chapter uses");
            }
        }
        assertThat(problems).isEmpty();
        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void noChapterUsesAWordThatTheGlossaryRulesOut() {
        Map<String, String> ruledOut = new LinkedHashMap<>();
        for (String paragraph : Repository.text(GLOSSARY).split("\n\n")) {
            Matcher not = NOT.matcher(paragraph.replace('\n', ' '));
            if (not.find()) {
                for (String word : not.group(1).split(", ")) {
                    ruledOut.put(
                            word, paragraph.replaceFirst("(?s)\\*\\*: .*", "").substring(2));
                }
            }
        }
        for (Path chapter : chapters()) {
            List<String> lines = withoutCode(chapter);
            for (int i = 0; i < lines.size(); i++) {
                for (Map.Entry<String, String> word : ruledOut.entrySet()) {
                    if (word(word.getKey()).matcher(lines.get(i)).find()) {
                        problems.add(Repository.at(chapter, i + 1) + " says " + word.getKey() + "; the glossary has "
                                + word.getValue());
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(ruledOut).isNotEmpty();
    }

    private static Pattern word(String term) {
        return Pattern.compile("\\b" + Pattern.quote(term) + "s?\\b", Pattern.CASE_INSENSITIVE);
    }

    private static String prose() {
        StringBuilder text = new StringBuilder();
        chapters().forEach(chapter -> text.append(Repository.text(chapter)));
        return text.toString();
    }

    private static List<Path> chapters() {
        return Repository.chapters().stream()
                .filter(file -> !file.equals(GLOSSARY))
                .toList();
    }

    /** The lines of a chapter, with code blanked: a program may call a thing what it likes. */
    private static List<String> withoutCode(Path chapter) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Repository.lines(chapter)) {
            code ^= line.startsWith("```");
            lines.add(code ? "" : line.replaceAll("`[^`]*`", ""));
        }
        return lines;
    }
}
