package today.p2p.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All vectors of one version of the suite, in the order of the manifest. Immutable, but for the JSON nodes of the cases.
 *
 * @param version of the suite, as major.minor.patch
 * @param protocol the version of the protocol that it tests
 * @param cases by file, then in the order of the file
 * @param flags what the words in {@link Case#flags()} mean
 * @param hashes SHA-256, in hex, of each file of vectors, by its name under {@code test-vectors/}
 */
public record Suite(
        String version, String protocol, List<Case> cases, Map<String, Flag> flags, Map<String, String> hashes) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Suite {
        cases = List.copyOf(cases);
        flags = Map.copyOf(flags);
        hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    }

    /**
     * Reads the vectors that this jar carries.
     *
     * @throws IllegalStateException when a file of the manifest is not there, or is another one
     */
    public static Suite load() {
        return load(Suite::file);
    }

    /**
     * Reads the vectors of a directory that is laid out like {@code test-vectors/}: a manifest and the files it lists.
     *
     * @throws IllegalStateException when a file of the manifest is not there, or is another one
     */
    public static Suite load(Path directory) {
        return load(name -> read(directory.resolve(name)));
    }

    private static Suite load(Function<String, byte[]> files) {
        JsonNode manifest = JSON.readTree(files.apply("manifest.json"));
        List<Case> cases = new ArrayList<>();
        Map<String, Flag> flags = new LinkedHashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        for (JsonNode entry : manifest.get("files")) {
            String name = text(entry, "file");
            byte[] bytes = files.apply(name);
            if (!sha256(bytes).equals(text(entry, "sha256"))) {
                throw new IllegalStateException(name + ": its sha256 differs from the manifest's");
            }
            hashes.put(name, sha256(bytes));
            JsonNode file = JSON.readTree(bytes);
            String area = text(file, "area");
            file.get("flags")
                    .properties()
                    .forEach(flag -> flags.put(flag.getKey(), flag(flag.getKey(), flag.getValue())));
            file.get("tests").forEach(test -> cases.add(read(area, test)));
        }
        return new Suite(text(manifest, "suiteVersion"), text(manifest, "protocol"), cases, flags, hashes);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the vectors are incomplete: no " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The cases of one operation of the testee protocol, such as {@code frame.decode}. */
    public List<Case> of(String op) {
        return cases.stream().filter(each -> each.op().equals(op)).toList();
    }

    /** The case with this id. */
    public Optional<Case> find(String id) {
        return cases.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** A file of the suite by its name under {@code test-vectors/}, such as {@code ids.lock}. */
    static byte[] file(String name) {
        try (InputStream in = Suite.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the vectors are incomplete: no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static JsonNode json(String name) {
        return JSON.readTree(file(name));
    }

    private static Case read(String area, JsonNode test) {
        return new Case(
                text(test, "id"),
                area,
                texts(test.get("req")),
                Level.valueOf(text(test, "level")),
                text(test, "op"),
                Notation.joined(test.get("input")),
                Result.of(text(test, "result")),
                Notation.full(test.get("expect")),
                text(test, "comment"),
                texts(test.get("flags")),
                text(test, "since"),
                text(test, "source"));
    }

    private static Flag flag(String name, JsonNode node) {
        return new Flag(name, text(node, "kind"), text(node, "description"), text(node, "effect"));
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
