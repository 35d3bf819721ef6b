package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The registries are of one strict form, and every row has a clause. */
class RegistryTest {
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Clause> clauses = Clause.byId();

    @Test
    void everyFileIsOfTheStrictForm() {
        Registry.files().forEach(file -> Registry.read(file, problems));

        assertThat(problems).isEmpty();
        assertThat(Registry.files()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void theFirstColumnIsUniqueInItsFile() {
        for (Path file : Registry.files()) {
            Set<String> seen = new HashSet<>();
            for (Registry.Row row : Registry.read(file, problems).rows()) {
                if (row.key().isEmpty() || !seen.add(row.key())) {
                    problems.add(row.at() + " has an empty or repeated first field: " + row.key());
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everyRowNamesAClauseThatExists() {
        for (Path file : Registry.files()) {
            for (Registry.Row row : Registry.read(file, problems).rows()) {
                if (!clauses.containsKey(row.get("clause"))) {
                    problems.add(row.at() + " names clause " + row.get("clause") + ", which is in no chapter");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theClauseOfALimitOrTimerSpeaksOfItByName() {
        for (String file : List.of("limits", "timers")) {
            for (Registry.Row row : Registry.of(file).rows()) {
                Clause clause = clauses.get(row.get("clause"));
                Pattern name = Pattern.compile("`[^`]*\\b" + Pattern.quote(row.get("name")) + "\\b[^`]*`");
                if (clause == null || !name.matcher(clause.text()).find()) {
                    problems.add(row.at() + " " + row.get("clause") + " does not mention `" + row.get("name") + "`");
                }
                if (!row.get("value").matches("[1-9][0-9]*")) {
                    problems.add(row.at() + " has a value that is not a positive integer");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theClauseOfAnErrorEndsInItWhenAnyClauseDoes() {
        Set<String> named = new HashSet<>();
        clauses.values().forEach(clause -> named.addAll(clause.errs()));
        for (Registry.Row row : Registry.of("errors").rows()) {
            Clause clause = clauses.get(row.get("clause"));
            if (named.contains(row.get("code"))
                    && (clause == null || !clause.errs().contains(row.get("code")))) {
                problems.add(row.at() + " clause " + row.get("clause") + " does not end in [err: " + row.get("code")
                        + "], though another clause does");
            }
        }
        assertThat(problems).isEmpty();
    }

    /** One number means one thing as a type, one as a sub-flag, and one as a codec. OPC-1. */
    @Test
    void aCodeIsUniqueInEachOfItsRoles() {
        Map<String, Registry.Row> taken = new HashMap<>();
        for (Registry.Row row : Registry.of("opcodes").rows()) {
            for (String role : List.of("as_type", "as_sub_flag")) {
                if (row.get(role).equals("yes")) {
                    claim(taken, role + " " + row.get("code"), row);
                } else if (!row.get(role).equals("no")) {
                    problems.add(row.at() + " " + role + " is neither yes nor no");
                }
            }
        }
        Registry.of("codecs").rows().forEach(row -> claim(taken, "codec " + row.get("code"), row));
        assertThat(problems).isEmpty();
    }

    private void claim(Map<String, Registry.Row> taken, String place, Registry.Row row) {
        if (!row.get("code").matches("0x[0-9a-f]{2}")) {
            problems.add(row.at() + " code is not 0x and two hexadecimal digits: " + row.get("code"));
        }
        Registry.Row other = taken.putIfAbsent(place, row);
        if (other != null) {
            problems.add(row.at() + " takes " + place + " again; it is taken at " + other.at());
        }
    }

    @Test
    void statusAndSinceAreWordsThatTheReadmeExplains() {
        for (Path file : Registry.files()) {
            Registry registry = Registry.read(file, problems);
            for (Registry.Row row : registry.rows()) {
                check(row, "status", Set.of("active", "reserved", "historic"));
                check(row, "since", Set.of("0.7", "kit-1"));
                check(row, "configurable", Set.of("yes", "no"));
                check(row, "link", Set.of("closed", "open"));
                check(row, "kind", Set.of("frame", "message", "id", "link", "table", "call"));
            }
        }
        assertThat(problems).isEmpty();
    }

    private void check(Registry.Row row, String column, Set<String> allowed) {
        String cell = row.cells().get(column);
        if (cell != null && !allowed.contains(cell)) {
            problems.add(row.at() + " " + column + " is " + cell + "; known are " + allowed);
        }
    }

    @Test
    void everyColumnIsExplained() {
        String readme = Repository.text(Repository.SPEC.resolve("registry/README.md"));
        for (Path file : Registry.files()) {
            for (String column : Registry.read(file, problems).columns()) {
                if (!readme.contains("`" + column + "`")) {
                    problems.add(Repository.at(file, 1) + " column " + column + " is not explained in README.md");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    /** Chapter 9 rests on it: the texts of a protocol id are joined without a separator. */
    @Test
    void noEncryptionLabelIsTheEndOfAnother() {
        List<String> labels = Registry.of("encryptions").column("label");
        for (String label : labels) {
            labels.stream()
                    .filter(other -> !other.equals(label) && other.endsWith(label))
                    .forEach(other -> problems.add("encryptions.csv: " + label + " is the end of " + other));
        }
        assertThat(problems).isEmpty();
    }
}
