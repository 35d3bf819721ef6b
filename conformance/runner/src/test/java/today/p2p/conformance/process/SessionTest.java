package today.p2p.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.report.OutcomeKind;
import tools.jackson.databind.node.ObjectNode;

/** Each way in which a process can disappoint, provoked once. */
class SessionTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofMillis(200);

    private static final ObjectNode NOTHING = Json.MAPPER.createObjectNode();

    private static Outcome act(String mode, Duration deadline) throws Exception {
        try (Session session = new Session(ScriptedTestee.launch(mode, deadline))) {
            return session.ask("act", NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, OK, ''",
        "skip, SKIP, no time",
        "noop, ERR, ''",
        "repeated-key, OK, written as $map",
        "repeated-id, PROTOCOL, key of this reply is repeated",
        "refuse, ERR, c1",
        "exit, CRASH, exit code 7",
        "abort, CRASH, SIGSEGV",
        "half-line, CRASH, not a whole line",
        "stray, PROTOCOL, not a JSON object",
        "wrong-id, PROTOCOL, id 99 instead of 2",
        "two-answers, PROTOCOL, exactly one",
        "no-answer, PROTOCOL, exactly one",
        "endless-line, PROTOCOL, a line of more than",
    })
    void whatComesBackIsToldApart(String mode, OutcomeKind kind, String detail) throws Exception {
        Outcome outcome = act(mode, PATIENT);

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.detail()).contains(detail);
    }

    @Test
    void silenceEndsAtTheDeadline() throws Exception {
        Outcome outcome = act("hang", BRIEF);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
        assertThat(outcome.detail()).startsWith("no line within 0.20 s").doesNotContain("flush");
    }

    @Test
    void strayOutputIsShown() throws Exception {
        assertThat(act("stray", PATIENT).exchange().reply()).isEqualTo("debug: here I am");
    }

    @Test
    void theLastWordsOfACrashAreKept() throws Exception {
        assertThat(act("exit", PATIENT).exchange().stderr()).isEqualToIgnoringNewLines("the last words");
    }

    @Test
    void onlyTheEndsOfALoudTesteeAreKept() throws Exception {
        String stderr = act("loud", PATIENT).exchange().stderr();

        assertThat(stderr.length()).isLessThan(11_000);
    }

    @Test
    void anErrorKeepsItsOffset() throws Exception {
        Outcome outcome = act("refuse", PATIENT);

        assertThat(outcome.code()).isEqualTo("BODY");
        assertThat(Objects.requireNonNull(outcome.reply()).get("offset").asInt())
                .isEqualTo(3);
    }

    @Test
    void theEnvironmentIsScrubbedButForWhatIsAdded() throws Exception {
        Outcome outcome = act("environment", PATIENT);

        assertThat(List.of(Objects.requireNonNull(outcome.value())
                        .get("names")
                        .asString()
                        .split(" ")))
                .contains("PATH", "ADDED")
                .allMatch(name -> List.of(
                                "PATH",
                                "HOME",
                                "LANG",
                                "LC_ALL",
                                "LC_CTYPE",
                                "TMPDIR",
                                "JAVA_HOME",
                                "ADDED",
                                "TEMP",
                                "TMP",
                                "SystemRoot",
                                "PATHEXT",
                                "USERPROFILE")
                        .contains(name));
    }

    @Test
    void aFaultCostsOneProcessAndNoFurtherQuestion() throws Exception {
        try (Session session = new Session(ScriptedTestee.launch("exit", PATIENT))) {
            assertThat(session.ask("echo", NOTHING).kind()).isEqualTo(OutcomeKind.OK);
            assertThat(session.ask("act", NOTHING).kind()).isEqualTo(OutcomeKind.CRASH);
            assertThat(session.ask("echo", NOTHING).kind()).isEqualTo(OutcomeKind.OK);
            assertThat(session.restarts()).isEqualTo(1);
            assertThat(session.bye()).isNull();
        }
    }

    @Test
    void theInputEndsAfterByeForThoseWhoWaitForThat() throws Exception {
        try (Session session = new Session(ScriptedTestee.launch("lingers", PATIENT))) {
            session.open();

            assertThat(session.bye()).isNull();
        }
    }

    @Test
    void theFirstAndTheLastLinesOfALongCrashAreKept() throws Exception {
        assertThat(act("long-panic", PATIENT).exchange().stderr())
                .startsWith("panic: the cause\n")
                .contains("[...]")
                .endsWith("exit status 2\n");
    }

    @Test
    void aTraceHoldsTheWholeConversation(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("trace.txt");
        try (Trace trace = Trace.to(file);
                Session session = new Session(ScriptedTestee.launch("exit", PATIENT), trace)) {
            session.ask("act", NOTHING);
        }

        assertThat(Files.readAllLines(file))
                .startsWith(
                        "# start scripted exit",
                        "> {\"id\":1,\"op\":\"hello\",\"in\":{\"kit\":1}}",
                        "< {\"id\":1,\"ok\":{\"name\":\"scripted\",\"ops\":[\"echo\",\"act\"],\"codecs\":[]}}",
                        "> {\"id\":2,\"op\":\"act\",\"in\":{}}")
                .last()
                .asString()
                .startsWith("# CRASH: ");
    }

    @ParameterizedTest
    @CsvSource({"no-ops, the list ops", "no-name, the text name"})
    void whatHelloLacksIsNamed(String mode, String lacking) {
        assertThatThrownBy(() -> new Session(ScriptedTestee.launch(mode, PATIENT)).open())
                .hasMessageContaining("lacks " + lacking + ":");
    }

    @Test
    void aLoneSurrogateArrivesAsAnEscape() throws Exception {
        try (Session session = new Session(ScriptedTestee.launch("good", PATIENT))) {
            ObjectNode in = Json.MAPPER.createObjectNode().put("text", "\ud800");
            Outcome outcome = session.ask("echo", in);

            assertThat(outcome.exchange().request()).contains("\\ud800");
        }
    }

    @Test
    void aProgramThatIsNotThereIsSaidToBe() {
        Launch launch = new Launch(
                "",
                "no-such-program",
                List.of("no-such-program-here"),
                Map.of(),
                Path.of("").toAbsolutePath(),
                new Launch.Deadlines(PATIENT, PATIENT));

        assertThatThrownBy(() -> new Session(launch).open())
                .isInstanceOf(Session.Unusable.class)
                .hasMessageContaining("no-such-program-here");
    }

    @Test
    void whatIsWrittenBeforeTheFirstQuestionIsKept() throws Exception {
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        try (TesteeProcess process = TesteeProcess.start(ScriptedTestee.launch("exit-at-hello", PATIENT), Trace.NONE)) {
            ProcessHandle.current()
                    .children()
                    .filter(child -> !others.contains(child))
                    .forEach(child -> child.onExit().join());

            assertThat(process.hello().exchange().stderr()).contains("no such module");
        }
    }

    @Test
    void anExitCodeAfterByeIsAComplaint() throws Exception {
        try (Session session = new Session(ScriptedTestee.launch("exit-3-at-the-end", PATIENT))) {
            session.open();

            assertThat(session.bye()).contains("exit code 3");
        }
    }

    @Test
    void aTesteeThatNeitherReadsNorAnswersStillTimesOut() throws Exception {
        Launch mute = ScriptedTestee.launch("mute", BRIEF);
        Launch brief =
                new Launch("", "mute", mute.words(), Map.of(), mute.directory(), new Launch.Deadlines(BRIEF, BRIEF));
        try (TesteeProcess process = TesteeProcess.start(brief, Trace.NONE)) {
            ObjectNode large = Json.MAPPER.createObjectNode().put("text", "x".repeat(1 << 20));
            Outcome outcome = process.call("echo", large);

            assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
            assertThat(outcome.detail()).contains("does not read its input");
        }
    }
}
