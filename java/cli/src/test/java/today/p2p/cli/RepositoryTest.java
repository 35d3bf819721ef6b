package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Holds the repository to ARCHITECTURE.md (the arrows) and CONTRIBUTING.md (the sizes). */
class RepositoryTest {
    private static final Path ROOT = Path.of(System.getProperty("p2p.root", "../.."));
    private static final Pattern ROW = Pattern.compile("\\| ([a-z/-]+) \\| ?([a-z/, -]*) ?\\|");
    private static final Pattern OWN_DEPENDENCY = Pattern.compile("<dependency>\\s*<groupId>today\\.p2p</groupId>"
            + "\\s*<artifactId>([^<]+)</artifactId>\\s*(?:<scope>([^<]+)</scope>)?");

    /** A class of ours behind its folder, and maybe a method of it, such as {@code mesh/Mesh.relay}. */
    private static final Pattern PLACE = Pattern.compile("\\b([a-z]+(?:/[a-z]+)*/[A-Z]\\w+)(?:\\.(\\w+))?");

    @Test
    void noModuleSeesAnotherOneThatTheArchitectureDoesNotDraw() throws IOException {
        Map<String, Set<String>> drawn = arrowsDrawn();
        Map<String, Set<String>> built = arrowsBuilt();

        assertThat(built.keySet()).isEqualTo(drawn.keySet());
        built.forEach((module, seen) ->
                assertThat(drawn.get(module)).as("what %s may see", module).containsAll(seen));
    }

    @Test
    void sourcesStayWithinTheSizesOfTheHouse() throws IOException {
        List<String> tooLarge = new ArrayList<>();
        for (Path source : sources("main")) {
            report(tooLarge, source, "lines", lines(source), 400);
        }
        for (Path source : sources("test")) {
            report(tooLarge, source, "lines", lines(source), 500);
        }
        filesPerPackage().forEach((folder, files) -> report(tooLarge, folder, "files", files, 25));
        measure(sources("main"), tooLarge);

        assertThat(tooLarge).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(filesPerPackage().keySet())
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .exists()
                        .content()
                        .contains("@NullMarked"));
    }

    @Test
    void whatTheInvariantsNameIsThere() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String kind : List.of("main", "test")) {
            for (Path source : sources(kind)) {
                String path = source.toString().replace('\\', '/');
                texts.merge(
                        path.substring(path.indexOf("/today/p2p/") + "/today/p2p/".length()),
                        read(source),
                        String::concat);
            }
        }
        Matcher named = PLACE.matcher(read(ROOT.resolve("INVARIANTS.md")));
        while (named.find()) {
            String member = named.group(2) == null ? "" : named.group(2);
            // The package of the library is today.p2p itself.
            assertThat(texts.get(named.group(1).replaceFirst("^library/", "") + ".java"))
                    .as(named.group())
                    .isNotNull()
                    .containsPattern("\\b" + member + "\\b");
        }
    }

    private static Map<String, Set<String>> arrowsDrawn() throws IOException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("ARCHITECTURE.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && Files.exists(ROOT.resolve(row.group(1)).resolve("pom.xml"))) {
                Set<String> seen = new TreeSet<>(List.of(row.group(2).strip().split(", *")));
                seen.remove("");
                arrows.put(row.group(1), seen);
            }
        }
        return arrows;
    }

    private static Map<String, Set<String>> arrowsBuilt() throws IOException {
        Map<String, String> folderOf = new TreeMap<>();
        Map<String, String> poms = new TreeMap<>();
        Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(read(ROOT.resolve("pom.xml")));
        while (module.find()) {
            String pom = read(ROOT.resolve(module.group(1)).resolve("pom.xml"));
            poms.put(module.group(1), pom);
            Matcher id = Pattern.compile("</parent>.*?<artifactId>([^<]+)", Pattern.DOTALL)
                    .matcher(pom);
            assertThat(id.find()).as(module.group(1)).isTrue();
            folderOf.put(id.group(1), module.group(1));
        }
        Map<String, Set<String>> arrows = new TreeMap<>();
        poms.forEach((folder, pom) -> {
            Set<String> seen = arrows.computeIfAbsent(folder, f -> new TreeSet<>());
            Matcher dependency = OWN_DEPENDENCY.matcher(pom);
            while (dependency.find()) {
                if (!List.of("test", "runtime").contains(String.valueOf(dependency.group(2)))) {
                    seen.add(folderOf.get(dependency.group(1)));
                }
            }
        });
        return arrows;
    }

    private static void measure(List<Path> sources, List<String> tooLarge) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Sizes(unit, trees, tooLarge), null);
            }
        }
    }

    private static void report(List<String> tooLarge, Object where, String what, long count, int most) {
        if (count > most) {
            tooLarge.add("%s: %d %s, at most %d".formatted(where, count, what, most));
        }
    }

    private static Map<Path, Integer> filesPerPackage() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        for (Path source : sources("main")) {
            files.merge(source.getParent(), 1, Integer::sum);
        }
        return files;
    }

    private static List<Path> sources(String kind) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : arrowsDrawn().keySet()) {
            Path folder = ROOT.resolve(module).resolve("src").resolve(kind).resolve("java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static long lines(Path source) {
        return read(source).lines().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts what a reader must hold in the head at once. */
    private static final class Sizes extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> tooLarge;

        Sizes(CompilationUnitTree unit, Trees trees, List<String> tooLarge) {
            this.unit = unit;
            this.trees = trees;
            this.tooLarge = tooLarge;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            long methods = type.getMembers().stream()
                    .filter(member -> member.getKind() == Tree.Kind.METHOD)
                    .count();
            report(tooLarge, name(type.getSimpleName()), "methods", methods, 25);
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean constructor = method.getName().contentEquals("<init>");
            long lines = lineOf(trees.getSourcePositions().getEndPosition(unit, method))
                    - lineOf(trees.getSourcePositions().getStartPosition(unit, method))
                    + 1;
            report(tooLarge, name(method.getName()), "lines in a method", lines, 60);
            if (!constructor) {
                report(
                        tooLarge,
                        name(method.getName()),
                        "parameters",
                        method.getParameters().size(),
                        6);
            }
            return super.visitMethod(method, nothing);
        }

        private long lineOf(long position) {
            return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
        }

        private String name(CharSequence member) {
            return unit.getSourceFile().getName() + "#" + member;
        }
    }
}
