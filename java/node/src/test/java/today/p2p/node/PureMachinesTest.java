package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the machines have to be without, and what INVARIANTS.md says of their checks. */
class PureMachinesTest {
    private static final Path ROOT = Path.of(System.getProperty("p2p.root", "../.."));
    private static final Pattern IMPURE = Pattern.compile("nanoTime|currentTimeMillis|Instant\\.now|randomUUID"
            + "|Math\\.random|SecureRandom|new Random|ThreadLocal|new Thread|java\\.util\\.Timer|java\\.net\\."
            + "|java\\.io\\.|java\\.nio\\.(file|channels)|ExecutorService|CompletableFuture|synchronized"
            + "|\\bHash(Map|Set)\\b|IdentityHashMap|ConcurrentHashMap");

    @Test
    void theMachinesHaveNoClockThreadSocketChanceOrHashOrderOfTheirOwn() throws IOException {
        List<String> impure = new ArrayList<>();
        for (String module : List.of("kernel", "link", "mesh", "node")) {
            for (Path source : below(ROOT.resolve("java").resolve(module).resolve("src/main"))) {
                for (String line : Files.readAllLines(source)) {
                    if (IMPURE.matcher(line).find()) {
                        impure.add(source.getFileName() + ": " + line.strip());
                    }
                }
            }
        }

        assertThat(impure).isEmpty();
    }

    @Test
    void everyInvariantNamesChecksAndCodeThatExist() throws IOException {
        List<String> tests = new ArrayList<>();
        below(ROOT.resolve("java")).forEach(file -> tests.add(file.getFileName().toString()));
        String text = Files.readString(ROOT.resolve("INVARIANTS.md")).replaceAll("\n {10,}", " ");
        List<String> missing = new ArrayList<>();
        int entries = 0;
        for (String entry : text.split("\n## ")) {
            if (!entry.matches("(?s)[A-Z]-\\d+ .*")) {
                continue;
            }
            entries++;
            named(entry, "Checked by\\. (.*)", "\\b([A-Z]\\w+Test)\\b", tests, missing);
            named(entry, "Enforced by\\. (.*)", "\\b[a-z]+/([A-Z]\\w+)", tests, missing);
        }

        assertThat(missing).isEmpty();
        assertThat(entries).isGreaterThanOrEqualTo(10);
    }

    private static void named(String entry, String line, String name, List<String> files, List<String> missing) {
        Matcher found = Pattern.compile(line).matcher(entry);
        String title = entry.lines().findFirst().orElseThrow();
        if (!found.find()) {
            missing.add(title + " has no line " + line);
            return;
        }
        Matcher names = Pattern.compile(name).matcher(found.group(1));
        boolean any = false;
        while (names.find()) {
            any = true;
            if (!files.contains(names.group(1) + ".java")) {
                missing.add(title + " names " + names.group(1) + ", which is not there");
            }
        }
        if (!any && name.endsWith("Test)\\b")) {
            missing.add(title + " names no check");
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
