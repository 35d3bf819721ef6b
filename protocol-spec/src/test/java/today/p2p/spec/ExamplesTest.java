package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The worked examples parse, cite what exists, and hold together by themselves; others decode and encode them. */
class ExamplesTest {
    private static final Path DERIVED = Repository.SPEC.resolve("examples.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> problems = new ArrayList<>();
    private final List<Example> examples = Example.all(problems);

    @Test
    void everyExampleParsesAndHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (Example example : examples) {
            if (!ids.add(example.id())) {
                problems.add(example.at() + " gives the id " + example.id() + " again");
            }
        }
        assertThat(problems).isEmpty();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void everyExampleHasAnOperationAnAnswerAndClausesThatExist() {
        Map<String, Clause> clauses = Clause.byId();
        List<String> errors = Registry.of("errors").column("code");
        String testee = Repository.text(Repository.SPEC.resolve("testee-protocol.md"));
        for (Example example : examples) {
            if (!testee.contains(example.text("op"))) {
                problems.add(example.at() + " op " + example.text("op") + " is not in testee-protocol.md");
            }
            boolean answered = example.fields().keySet().stream().anyMatch(name -> name.startsWith("ok."));
            if (answered == example.fields().containsKey("err")) {
                problems.add(example.at() + " " + example.id() + " needs either ok fields or err");
            }
            if (!example.text("err").isEmpty() && !errors.contains(example.text("err"))) {
                problems.add(example.at() + " err " + example.text("err") + " is not in errors.csv");
            }
            if (example.req().isEmpty()) {
                problems.add(example.at() + " " + example.id() + " names no clause in req");
            }
            example.req().stream()
                    .filter(id -> !clauses.containsKey(id))
                    .forEach(id -> problems.add(example.at() + " cites " + id + ", which does not exist"));
        }
        assertThat(problems).isEmpty();
    }

    /** FRM-1, FRM-3 and FRM-4, by the JDK alone. */
    @Test
    void theLengthAndTheChecksumOfARawFrameAreRight() throws NoSuchAlgorithmException {
        int checked = 0;
        for (Example example : examples) {
            byte[] frame = HexFormat.of().parseHex(example.text("in.frame"));
            if (!example.text("op").equals("frame.decode") || frame.length < 40) {
                continue;
            }
            int length = ByteBuffer.wrap(frame).getInt();
            if (length != frame.length - 4) {
                problems.add(example.at() + " says length " + length + " and has " + (frame.length - 4));
            }
            byte[] bare = Arrays.copyOfRange(frame, 36, frame.length);
            byte[] sum = Arrays.copyOfRange(frame, 4, 36);
            boolean holds =
                    Arrays.equals(sum, MessageDigest.getInstance("SHA-256").digest(bare));
            boolean raw =
                    example.text("ok.codec").isEmpty() && !example.text("err").equals("CHECKSUM");
            if (raw != holds) {
                problems.add(example.at() + " " + example.id() + ": the checksum is "
                        + (holds ? "right, and should not be" : "not the SHA-256 of the bare message"));
            }
            if (raw
                    && example.fields().containsKey("ok.id")
                    && !example.text("ok.id").equals(HexFormat.of().formatHex(sum))) {
                problems.add(example.at() + " " + example.id() + ": ok.id is not the checksum");
            }
            checked++;
        }
        assertThat(problems).isEmpty();
        assertThat(checked).isGreaterThanOrEqualTo(12);
    }

    /** examples.json is what the blocks say, for programs that do not read Markdown. */
    @Test
    void theDerivedFileIsWhatTheChaptersSay() {
        ArrayNode all = JSON.createArrayNode();
        examples.forEach(example -> all.add(example.toJson()));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance());
        StringBuilder text = new StringBuilder("[\n");
        for (int i = 0; i < all.size(); i++) {
            text.append(JSON.writer().with(printer).writeValueAsString(all.get(i)));
            text.append(i + 1 < all.size() ? ",\n" : "\n");
        }
        text.append("]\n");
        if (Repository.WRITE) {
            Repository.write(DERIVED, text.toString());
        }

        assertThat(Repository.text(DERIVED))
                .as("examples.json; run: mvn -q -pl protocol-spec test -Dspec.write=true")
                .isEqualTo(text.toString());
    }
}
