package today.p2p.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The manifest, the lock and the files say the same; {@code tools/build.py} writes all three. */
class ManifestTest {
    private final JsonNode manifest = Suite.json("manifest.json");
    private final Suite suite = Suite.load();

    @Test
    void countsAreThoseOfTheFiles() {
        int total = 0;
        for (JsonNode entry : manifest.get("files")) {
            JsonNode file = Suite.json(entry.get("file").asString());
            assertThat(file.get("tests").size())
                    .isEqualTo(entry.get("cases").asInt())
                    .isEqualTo(file.get("numberOfTests").asInt());
            total += entry.get("cases").asInt();
        }
        assertThat(total)
                .isEqualTo(manifest.get("cases").asInt())
                .isEqualTo(suite.cases().size());
    }

    @Test
    void hashesAreThoseOfTheFilesOfTheLockAndOfTheSchemas() {
        for (JsonNode entry : manifest.get("files")) {
            assertThat(sha256(Suite.file(entry.get("file").asString()))).isEqualTo(text(entry, "sha256"));
        }
        assertThat(sha256(Suite.file("ids.lock"))).isEqualTo(text(manifest.get("lock"), "sha256"));
        manifest.get("schemas")
                .properties()
                .forEach(schema -> assertThat(sha256(Suite.file("schema/" + schema.getKey())))
                        .isEqualTo(schema.getValue().asString()));
    }

    @Test
    void theSuiteIsMadeForTheRegistryAsItIs() throws IOException {
        Map<String, String> hashes = new HashMap<>();
        try (Stream<Path> files = Files.list(Repository.root().resolve("protocol-spec/registry"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                hashes.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
            }
        }

        Map<String, String> listed = new HashMap<>();
        manifest.get("registry")
                .properties()
                .forEach(entry -> listed.put(entry.getKey(), entry.getValue().asString()));
        assertThat(listed)
                .as("run test-vectors/tools/build.py after a change of the registry")
                .isEqualTo(hashes);
    }

    @Test
    void everyIdIsLockedWithItsVerdict() {
        Map<String, String> locked = new HashMap<>();
        for (String line : lockLines()) {
            String[] words = line.split(" ");
            assertThat(words).as(line).hasSize(4);
            assertThat(locked.put(words[0], words[1] + " " + words[2])).as(line).isNull();
            assertThat(words[3]).as(line).matches("[0-9a-f]{64}");
        }

        for (Case each : suite.cases()) {
            String verdict = each.error().map(code -> "invalid:" + code).orElse("valid");
            assertThat(locked).containsEntry(each.id(), each.op() + " " + verdict);
        }
    }

    @Test
    void anIdThatWasGivenOutIsInUseOrRetired() {
        Set<String> known = new HashSet<>();
        suite.cases().forEach(each -> known.add(each.id()));
        for (JsonNode retired : manifest.get("retired")) {
            assertThat(known.add(text(retired, "id")))
                    .as("retired and in use: " + retired)
                    .isTrue();
        }

        List<String> locked = new ArrayList<>();
        lockLines().forEach(line -> locked.add(line.split(" ")[0]));
        assertThat(known).containsExactlyInAnyOrderElementsOf(locked);
        assertThat(locked).hasSize(manifest.get("lock").get("ids").asInt());
    }

    private static List<String> lockLines() {
        return new String(Suite.file("ids.lock"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
