package today.p2p.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the repository that these tests read. */
final class Repository {
    /** Set to write the derived files (tables, examples.json, clauses.lock) instead of comparing them. */
    static final boolean WRITE = Boolean.getBoolean("spec.write");

    static final Path ROOT = root();
    static final Path SPEC = ROOT.resolve("protocol-spec");

    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".p2p", ".idea", ".vscode", "node_modules", ".venv", "venv", "__pycache__");

    private Repository() {}

    private static Path root() {
        String given = System.getProperty("p2p.root", "");
        Path from = given.isEmpty() ? Path.of("") : Path.of(given);
        for (Path at = from.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("protocol-spec/registry"))) {
                return at;
            }
        }
        throw new IllegalStateException("no protocol-spec/registry in or above " + from.toAbsolutePath());
    }

    /** Chapters with clauses, in order: 02 to 08 and whatever follows with a number. */
    static List<Path> chapters() {
        return markdown().stream()
                .filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.md"))
                .toList();
    }

    /** Every Markdown file of the specification. */
    static List<Path> markdown() {
        return below(SPEC, file -> file.toString().endsWith(".md"));
    }

    /** The files below a folder in a fixed order; what a build or a tool leaves behind is not entered. */
    static List<Path> below(Path folder, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(entered.getFileName().toString()) && !entered.equals(folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a finding is, in the form that editors open: file:line. */
    static String at(Path file, int line) {
        return ROOT.relativize(file) + ":" + line;
    }
}
