package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of the chapters are the registries: each stands between a comment that names the file and its columns, and
 * one that ends it. With -Dspec.write=true they are written.
 */
class TablesTest {
    private static final Pattern TABLE = Pattern.compile(
            "(<!-- table: ([a-z-]+)((?: [a-z_]+)+) -->\n)(.*?)(<!-- end of table -->\n)", Pattern.DOTALL);
    private static final Set<String> LITERAL =
            Set.of("name", "code", "token", "label", "message", "payload", "magic", "sub_flags");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();

    @Test
    void theTablesOfTheChaptersAreTheRegistries() {
        for (Path file : Repository.chapters()) {
            String text = Repository.text(file);
            String rendered = render(text);
            if (Repository.WRITE && !rendered.equals(text)) {
                Repository.write(file, rendered);
            } else if (!rendered.equals(text)) {
                problems.add(Repository.at(file, firstDifference(text, rendered))
                        + " differs from the registry; run: mvn -q -pl protocol-spec test -Dspec.write=true");
            }
        }
        for (Path file : Registry.files()) {
            String name = file.getFileName().toString().replace(".csv", "");
            if (!shown.contains(name)) {
                problems.add(Repository.at(file, 1) + " is shown in no chapter");
            }
        }
        assertThat(problems).isEmpty();
    }

    private String render(String text) {
        Matcher table = TABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (table.find()) {
            shown.add(table.group(2));
            List<String> columns = List.of(table.group(3).strip().split(" "));
            String rows = rows(Registry.of(table.group(2)), columns);
            table.appendReplacement(out, Matcher.quoteReplacement(table.group(1) + rows + table.group(5)));
        }
        return table.appendTail(out).toString();
    }

    private static String rows(Registry registry, List<String> columns) {
        StringBuilder rows = new StringBuilder("\n|");
        columns.forEach(
                column -> rows.append(' ').append(column.replace('_', ' ')).append(" |"));
        rows.append("\n|").append("---|".repeat(columns.size())).append('\n');
        for (Registry.Row row : registry.rows()) {
            rows.append('|');
            columns.forEach(column -> rows.append(cell(column, row.get(column))));
            rows.append('\n');
        }
        return rows.append('\n').toString();
    }

    private static String cell(String column, String value) {
        if (value.isEmpty()) {
            return " |";
        }
        // A pattern is code; zlib's is a sentence and stays one.
        boolean literal = LITERAL.contains(column) && !(column.equals("magic") && value.contains(" "));
        String shown = value.replace("|", "\\|");
        return literal ? " `" + shown + "` |" : " " + shown + " |";
    }

    private static int firstDifference(String one, String other) {
        List<String> left = one.lines().toList();
        List<String> right = other.lines().toList();
        int line = 0;
        while (line < left.size() && line < right.size() && left.get(line).equals(right.get(line))) {
            line++;
        }
        return line + 1;
    }
}
