package today.p2p.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository that the tests run in. */
final class Repository {
    private static final Pattern CLAUSE = Pattern.compile("\\*\\*([A-Z0-9]+-\\d+)\\*\\* \\((MUST|SHOULD|MAY)\\)");

    private Repository() {}

    /** Named by the build; otherwise the directory above that holds the specification. */
    static Path root() {
        Path at = Path.of(System.getProperty("p2p.root", "")).toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("protocol-spec/registry"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("no protocol-spec/registry here or above");
        }
        return at;
    }

    /** The ids of the clauses that the chapters define. */
    static Set<String> clauses() {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(root().resolve("protocol-spec"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                Matcher clause = CLAUSE.matcher(Files.readString(file));
                while (clause.find()) {
                    ids.add(clause.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    /** The first column of a registry file, without its head. */
    static Set<String> registry(String file) {
        Set<String> names = new HashSet<>();
        try {
            Path path = root().resolve("protocol-spec/registry").resolve(file);
            Files.readAllLines(path).stream().skip(1).forEach(line -> names.add(line.split(",")[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
