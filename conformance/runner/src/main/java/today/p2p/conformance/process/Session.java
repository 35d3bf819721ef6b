package today.p2p.conformance.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import today.p2p.report.OutcomeKind;
import today.p2p.report.TesteeReport;
import tools.jackson.databind.JsonNode;

/**
 * A testee across its faults: starts a process when there is none, so that one case's crash costs no other case its turn.
 * Not thread-safe.
 */
public final class Session implements AutoCloseable {
    private final Launch launch;
    private final Trace trace;
    private @Nullable TesteeProcess process;
    private int starts;
    private int answered;

    public Session(Launch launch) {
        this(launch, Trace.NONE);
    }

    public Session(Launch launch, Trace trace) {
        this.launch = launch;
        this.trace = trace;
    }

    /** The testee cannot be talked to at all; the message says why, with what it wrote to stderr. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        public Unusable(String message) {
            super(message);
        }
    }

    /** Starts it and hears who it is. */
    public TesteeReport.Hello open() throws Unusable, InterruptedException {
        try {
            process = TesteeProcess.start(launch, trace);
        } catch (IOException e) {
            throw new Unusable("cannot start it: " + e.getMessage());
        }
        starts++;
        answered = 0;
        Outcome hello = process.hello();
        if (hello.kind() != OutcomeKind.OK || hello.value() == null) {
            close();
            throw new Unusable("no good answer to hello: " + told(hello));
        }
        return hello(hello.value());
    }

    public Outcome ask(String op, JsonNode in) throws Unusable, InterruptedException {
        if (process == null) {
            open();
        }
        Outcome outcome = Objects.requireNonNull(process).call(op, in);
        if (outcome.isFault()) {
            process = null;
        } else {
            answered++;
        }
        return outcome;
    }

    /** Ends the process, so that the next question finds a fresh one. */
    public void renew() {
        close();
    }

    /** How many questions the present process has answered. */
    public int answered() {
        return process == null ? 0 : answered;
    }

    /** How many processes were started after the first. */
    public int restarts() {
        return Math.max(0, starts - 1);
    }

    /** Says goodbye to the present process, if there is one. Returns what is wrong with its end, or null. */
    public @Nullable String bye() throws InterruptedException {
        String wrong = process == null ? null : process.bye();
        close();
        return wrong;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** What came instead of a good answer, in a line, and what stderr says. */
    static String told(Outcome outcome) {
        String what = outcome.kind() == OutcomeKind.ERR
                ? "ERR " + outcome.code()
                : outcome.kind().name();
        String detail = outcome.detail().isEmpty() ? "" : ": " + outcome.detail();
        String reply = outcome.kind() == OutcomeKind.PROTOCOL
                ? "\n  it printed: " + outcome.exchange().reply()
                : "";
        String stderr = outcome.exchange().stderr().strip();
        return what + detail + reply + (stderr.isEmpty() ? "" : "\n  stderr: " + stderr.replace("\n", "\n          "));
    }

    private static TesteeReport.Hello hello(JsonNode ok) throws Unusable {
        List<String> lacking = new ArrayList<>();
        if (!ok.path("name").isString()) {
            lacking.add("the text name");
        }
        if (!ok.path("ops").isArray()) {
            lacking.add("the list ops");
        }
        if (!lacking.isEmpty()) {
            throw new Unusable("its answer to hello lacks " + String.join(" and ", lacking) + ": " + Json.brief(ok));
        }
        List<Integer> codecs = new ArrayList<>();
        ok.path("codecs").valueStream().filter(JsonNode::isInt).forEach(codec -> codecs.add(codec.asInt()));
        return new TesteeReport.Hello(
                ok.path("name").asString(),
                ok.path("version").asString(""),
                ok.path("language").asString(""),
                texts(ok.path("ops")),
                codecs,
                new TesteeReport.Abilities(texts(ok.path("roles")), texts(ok.path("dialects"))));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }
}
