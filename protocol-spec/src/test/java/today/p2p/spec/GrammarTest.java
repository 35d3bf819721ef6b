package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The numbers in the Kaitai Struct grammar and in the dissector are those of the registry. */
class GrammarTest {
    private static final Path GRAMMAR = Repository.SPEC.resolve("grammar");
    private static final Pattern SECTION =
            Pattern.compile("(?m)^( *)(#|--) registry: ([a-z]+)(?: ([a-z_]+))?\n(?:.*\n)*?\\1\\2 end of registry\n");

    private final List<String> problems = new ArrayList<>();

    @Test
    void theEnumsOfTheGrammarAreTheRegistry() {
        check(GRAMMAR.resolve("p2p_frame.ksy"), "%s: %s");
    }

    @Test
    void theTablesOfTheDissectorAreTheRegistry() {
        check(GRAMMAR.resolve("p2p.lua"), "[%s] = \"%s\",");
    }

    private void check(Path file, String form) {
        String text = Repository.text(file);
        Set<String> sections = new HashSet<>();
        Matcher section = SECTION.matcher(text);
        StringBuilder out = new StringBuilder();
        while (section.find()) {
            String role = section.group(4);
            sections.add(section.group(3) + " " + role);
            String found = section.group();
            String indent = section.group(1);
            String body = rows(section.group(3), role, indent, form);
            String head = found.substring(0, found.indexOf('\n') + 1);
            String tail = indent + section.group(2) + " end of registry\n";
            section.appendReplacement(out, Matcher.quoteReplacement(head + body + tail));
        }
        String expected = section.appendTail(out).toString();
        if (Repository.WRITE) {
            Repository.write(file, expected);
        } else if (!expected.equals(text)) {
            problems.add(Repository.at(file, 1)
                    + " differs from the registry; run: mvn -q -pl protocol-spec test -Dspec.write=true");
        }
        assertThat(problems).isEmpty();
        assertThat(sections).containsExactlyInAnyOrder("opcodes as_type", "opcodes as_sub_flag", "codecs null");
    }

    private static String rows(String registry, @Nullable String role, String indent, String form) {
        StringBuilder rows = new StringBuilder();
        for (Registry.Row row : Registry.of(registry).rows()) {
            if (role == null || row.get(role).equals("yes")) {
                rows.append(indent)
                        .append(form.formatted(row.get("code"), row.get("name")))
                        .append('\n');
            }
        }
        return rows.toString();
    }

    /** The dissector repeats two limits; Lua in Wireshark cannot read a CSV beside it. */
    @Test
    void theLimitsOfTheDissectorAreTheRegistry() {
        String lua = Repository.text(GRAMMAR.resolve("p2p.lua"));
        Matcher limit = Pattern.compile("= ([0-9]+) -- limits.csv: ([a-z-]+)").matcher(lua);
        Map<String, String> limits = new HashMap<>();
        Registry.of("limits").rows().forEach(row -> limits.put(row.key(), row.get("value")));
        int checked = 0;
        while (limit.find()) {
            checked++;
            if (!limit.group(1).equals(limits.get(limit.group(2)))) {
                problems.add("grammar/p2p.lua says " + limit.group(2) + " is " + limit.group(1) + "; limits.csv says "
                        + limits.get(limit.group(2)));
            }
        }
        assertThat(problems).isEmpty();
        assertThat(checked).isEqualTo(2);
    }
}
