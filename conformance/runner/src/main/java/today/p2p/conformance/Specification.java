package today.p2p.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import today.p2p.conformance.process.Json;
import today.p2p.report.RunReport.Clause;
import tools.jackson.databind.JsonNode;

/**
 * The written protocol as far as a report quotes it.
 *
 * @param clauses in the order of the chapters
 * @param errors what each error code of the registry means, in its order
 * @param codecs the name of each codec number that is in use
 * @param words what limits and examples are, by name, in lower case
 */
record Specification(
        List<Clause> clauses, Map<String, String> errors, Map<Integer, String> codecs, Map<String, String> words) {
    private static final String ERRORS = "/protocol-spec/registry/errors.csv";
    private static final Pattern CLAUSE =
            Pattern.compile("\\*\\*([A-Z][A-Z0-9]*-\\d+)\\*\\* \\((MUST|SHOULD|MAY)\\) (.*)");
    private static final Pattern ERROR = Pattern.compile("\\[err: ([A-Z0-9, ]+)]");

    Specification {
        clauses = List.copyOf(clauses);
    }

    /** Reads the chapters that are on the class path. */
    static Specification load() {
        URL errors = Specification.class.getResource(ERRORS);
        if (errors == null) {
            throw new IllegalStateException("the specification is not on the class path");
        }
        try {
            URI place = errors.toURI();
            if (place.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                    return read(jar.getPath("/protocol-spec"));
                }
            }
            return read(Path.of(place).resolve("../..").normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Clause> clause(String id) {
        return clauses.stream().filter(clause -> clause.id().equals(id)).findFirst();
    }

    private static Specification read(Path folder) throws IOException {
        List<Clause> clauses = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path chapter : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                clauses.addAll(clauses(chapter.getFileName().toString(), Files.readString(chapter)));
            }
        }
        List<String> errors = Files.readAllLines(folder.resolve("registry/errors.csv"));
        List<String> codecs = Files.readAllLines(folder.resolve("registry/codecs.csv"));
        Map<String, String> words = limits(Files.readAllLines(folder.resolve("registry/limits.csv")));
        words.putAll(examples(Files.readString(folder.resolve("examples.json"))));
        return new Specification(clauses, errors(errors), codecs(codecs), words);
    }

    /** What an error code, a limit or an example of the text is. */
    Optional<String> word(String name) {
        String code = name.toUpperCase(Locale.ROOT);
        return errors.containsKey(code)
                ? Optional.of(code + ": " + errors.get(code))
                : Optional.ofNullable(words.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> limits(List<String> rows) {
        Map<String, String> limits = new LinkedHashMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", 6);
            String configurable = cells[3].equals("yes") ? "may be lowered" : "fixed";
            limits.put(
                    cells[0],
                    cells[0] + ": " + cells[1] + " " + cells[2] + ", " + configurable + " (" + cells[4] + "). "
                            + cells[5]);
        }
        return limits;
    }

    private static Map<String, String> examples(String json) {
        Map<String, String> examples = new LinkedHashMap<>();
        for (JsonNode each : Json.MAPPER.readTree(json)) {
            String id = each.path("id").asString();
            List<String> clauses =
                    each.path("req").valueStream().map(JsonNode::asString).toList();
            String answer = each.has("ok")
                    ? "ok        " + Json.brief(each.path("ok"))
                    : "err       " + each.path("err").asString();
            examples.put(
                    id,
                    id + ": an example of " + String.join(", ", clauses) + ", in protocol-spec/"
                            + each.path("chapter").asString() + "\n"
                            + each.path("op").asString() + " "
                            + Json.brief(each.path("in")) + "\n" + answer);
        }
        return examples;
    }

    /** The clauses of one chapter: paragraphs that begin with an id in bold. */
    static List<Clause> clauses(String file, String text) {
        String title = text.lines()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .map(line -> line.substring(2))
                .orElse(file);
        List<Clause> clauses = new ArrayList<>();
        for (String paragraph : text.split("\\R\\s*\\R")) {
            Matcher clause =
                    CLAUSE.matcher(paragraph.replaceAll("\\s*\\R\\s*", " ").strip());
            if (clause.matches()) {
                List<String> errors = errors(clause.group(3));
                clauses.add(new Clause(clause.group(1), clause.group(2), clause.group(3), title, file, errors));
            }
        }
        return clauses;
    }

    private static List<String> errors(String text) {
        List<String> errors = new ArrayList<>();
        Matcher error = ERROR.matcher(text);
        while (error.find()) {
            errors.addAll(List.of(error.group(1).split(", *")));
        }
        return errors;
    }

    private static Map<String, String> errors(List<String> rows) {
        Map<String, String> errors = new LinkedHashMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", 5);
            errors.put(cells[0], cells[4]);
        }
        return errors;
    }

    private static Map<Integer, String> codecs(List<String> rows) {
        Map<Integer, String> codecs = new LinkedHashMap<>();
        for (String row : rows) {
            String[] cells = row.split(",");
            if (row.contains(",active,")) {
                codecs.put(Integer.decode(cells[1]), cells[0]);
            }
        }
        return codecs;
    }
}
