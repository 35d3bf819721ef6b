package today.p2p.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenario files, and their language. */
class ScenarioTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("p2p.root", "../.."), "java", "simulator", "src", "test", "scenarios");

    @ParameterizedTest
    @MethodSource
    void playsAsItsFileSays(Path file) throws IOException {
        Scenario scenario = Scenario.read(file.getFileName().toString(), Files.readString(file));
        String golden = Files.readString(Path.of(file.toString().replace(".txt", ".out")));

        assertThat(String.join("\n", scenario.play()) + "\n").isEqualTo(golden);
    }

    static List<Path> playsAsItsFileSays() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreScenarios() throws IOException {
        assertThat(playsAsItsFileSays()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "jump 1; x.txt:3: no command is called jump",
                "at 1s jump 1; x.txt:3: no command is called jump",
                "at 1s; x.txt:3: something is missing after: at 1s",
                "seed one; x.txt:3: not a number: one",
                "broadcast 1 \"open; x.txt:3: cannot be read from here on: \"open",
            })
    void aLineWithoutMeaningIsRefusedBeforeAnythingIsPlayed(String line, String message) {
        assertThatThrownBy(() -> Scenario.read("x.txt", "nodes 2\n\n" + line)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "connect 1; x.txt:2: something is missing after: connect 1",
                "connect 1 7; x.txt:2: there is no node 7",
                "crash 1-3; x.txt:2: there is no node 3",
                "crash 1,; x.txt:2: not a list of nodes, such as 1,3-5: 1,",
                "crash 1 2; x.txt:2: what is this: 2",
                "expect ring found 1 5 6; x.txt:2: what is this: 6",
                "expect ring lost 0 1; x.txt:2: what is this: 1",
                "expect ring owners key 1,1,1,1,1 2; x.txt:2: what is this: 2",
                "run 5; x.txt:2: not a duration, such as 10ms, 1.5s or 2m: 5",
                "limit max-nothing 5; x.txt:2: no limit is called max-nothing",
                "limit max-host 5; x.txt:2: max-host is the same for all nodes: 255",
                "attack kindness 1; x.txt:2: no attack is called kindness",
                "partition 1,2; x.txt:2: a partition has two parts or more",
                "partition 1 2; x.txt:2: parts stand as in: partition 1,2 | 3-5",
                "network colour 1s; x.txt:2: a network has no colour",
                "expect happiness; x.txt:2: nothing is called happiness",
                "expect connected; x.txt:2: expected connected, but the running nodes do not all reach each other",
                "expect delivered \"a b\" 2; x.txt:2: expected delivered \"a b\" 2, but n2 has it 0 times",
                "expect links 1 2 1; x.txt:2: expected links 1 2 1, but there are 0",
                "expect peers 1 2; x.txt:2: expected peers 1 2, but n1 has []",
                "expect lost 1; x.txt:2: expected lost 1, but there are 0",
                "expect outcome 1 Done; x.txt:2: expected outcome 1 Done, but it is none",
                "tables empty; x.txt:2: tables are leasing, free or chord",
                "put 1 key; x.txt:2: something is missing after: put 1 key",
                "delta 1 key; x.txt:2: something is missing after: delta 1 key",
                "delta 1 key a; x.txt:2: not an entry of a map, such as name=value: a",
                "expect value 1 key 1; x.txt:2: n1 holds no table",
            })
    void whatCannotBePlayedNamesFileAndLine(String line, String message) {
        assertThatThrownBy(() -> Scenario.read("x.txt", "nodes 2\n" + line).play())
                .isInstanceOf(ScenarioException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "value 2 key 2; n2 has 1",
                "value 2 other 2; n2 has nothing",
                "map 2 key a=1; n2 has 1",
                "absent 1 key; n1 has 1",
                "owner all key 2; at n1 it is n1",
                "owner all other 2; at n1 it is nobody that we know",
                "entries all 2; n1 has 1",
                "equal all; n1 and n3 differ at key",
                "different 1 2; they hold the same",
                "refused 1; the outcome of n1 is Written",
                "ready all; n3 is not",
                "ignored 1 held 1; n1 did so 0 times",
                "ignored 1 bored 1; no refusal is called bored",
            })
    void whatATableDoesNotHoldIsSeen(String expected, String actual) {
        String before = "tables leasing\nnodes 3\nconnect 2 1\nrun 1s\nput 1 key 1\nrun 1s\n";
        String message = expected.contains("bored") ? actual : "expected " + expected + ", but " + actual;
        assertThatThrownBy(() ->
                        Scenario.read("x.txt", before + "expect " + expected).play())
                .isInstanceOf(ScenarioException.class)
                .hasMessage("x.txt:7: " + message);
    }

    @Test
    void aMomentThatHasPassedIsRefused() {
        assertThatThrownBy(() -> Scenario.read("x.txt", "run 5s\nat 4s heal").play())
                .hasMessage("x.txt:2: this moment has passed");
    }

    @Test
    void moreMessagesOrDeliveriesThanExpectedAreSeen() {
        String before = "nodes 3\nconnect 2,3 1\nrun 1s\nbroadcast 1 \"x\"\nrun 1s\n";
        assertThatThrownBy(() ->
                        Scenario.read("x.txt", before + "expect messages 3").play())
                .hasMessage("x.txt:6: expected messages 3, but there were 4");
        assertThatThrownBy(() ->
                        Scenario.read("x.txt", before + "expect outgoing 1").play())
                .hasMessage("x.txt:6: expected outgoing 1, but n3 dialled 2");
        String twice = before + "run 2s\nbroadcast 1 \"x\"\nrun 1s\nexpect once \"x\"";
        assertThatThrownBy(() -> Scenario.read("x.txt", twice).play())
                .hasMessage("x.txt:9: expected once x, but n2 has it 2 times");
    }

    @Test
    void theTraceCanBeCutToEventsOrToNothing() {
        String text = "nodes 2\nconnect 2 1\nrun 1s\nexpect connected";

        List<String> all = Scenario.read("x", text).play();
        List<String> events = Scenario.read("x", "trace events\n" + text).play();
        List<String> none = Scenario.read("x", "trace none\n" + text).play();
        assertThat(events).hasSizeLessThan(all.size()).noneMatch(line -> line.contains(">>"));
        assertThat(none).containsExactly("          --   expect connected");
    }
}
