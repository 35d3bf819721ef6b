package today.p2p.conformance.process;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One running testee: a process, its three pipes, and the testee protocol spoken over them, one call at a time. After a
 * fault ({@link Outcome#isFault}) the process has been ended and takes no further call. Not thread-safe.
 */
final class TesteeProcess implements AutoCloseable {
    private final Process process;
    private final Launch.Deadlines deadlines;
    private final Trace trace;
    private final OutputLines lines;
    private final Tail stderr;
    private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
    private final Thread writer;
    private int lastId;

    private TesteeProcess(Process process, Launch launch, Trace trace) {
        String name = "testee " + process.pid();
        this.process = process;
        this.deadlines = launch.deadlines();
        this.trace = trace;
        this.lines = new OutputLines(process.getInputStream(), Json.MAX_LINE_BYTES, name + " out");
        this.stderr = new Tail(process.getErrorStream(), name + " err");
        // Writing has a thread too: a testee that does not read fills the pipe, and the deadline must still hold.
        this.writer = new Thread(this::write, name + " in");
        writer.setDaemon(true);
        writer.start();
    }

    /** Starts the program; fails if there is none of that name, without having asked anything. */
    static TesteeProcess start(Launch launch, Trace trace) throws IOException {
        trace.remark("start " + launch.command());
        ProcessBuilder builder = new ProcessBuilder(launch.words());
        builder.directory(launch.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return new TesteeProcess(builder.start(), launch, trace);
    }

    /** The first call, under the longer deadline. */
    Outcome hello() throws InterruptedException {
        ObjectNode in = Json.MAPPER.createObjectNode().put("kit", 1);
        return call("hello", in, deadlines.hello());
    }

    Outcome call(String op, JsonNode in) throws InterruptedException {
        return call(op, in, deadlines.call());
    }

    private Outcome call(String op, JsonNode in, Duration deadline) throws InterruptedException {
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.put("id", ++lastId).put("op", op).set("in", in);
        byte[] line = Json.line(request);
        long began = System.nanoTime();
        // What it wrote while it started belongs to the first call: a program that cannot start says why there.
        long mark = lastId == 1 ? 0 : stderr.mark();
        trace.sent(line);
        requests.add(line);
        OutputLines.Line reply = lines.next(deadline);
        if (reply != null) {
            trace.got(reply.bytes());
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        Reply read = reply == null ? timedOut(deadline) : read(reply);
        if (read.isFault()) {
            trace.remark(read.kind() + ": " + read.detail());
            end();
        }
        CaseReport.Exchange exchange = new CaseReport.Exchange(
                Json.shown(line),
                reply == null ? null : Json.shown(reply.bytes()),
                read.kind(),
                read.detail(),
                stderr.since(mark),
                elapsed);
        return new Outcome(read.kind(), read.whole(), read.code(), read.detail(), exchange);
    }

    private Reply read(OutputLines.Line line) throws InterruptedException {
        return switch (line.sort()) {
            case WHOLE -> Reply.parse(line.bytes(), lastId);
            case TOO_LONG -> Reply.wrong("a line of more than " + Json.MAX_LINE_BYTES + " bytes");
            case END -> ended(line);
        };
    }

    private Reply ended(OutputLines.Line line) throws InterruptedException {
        String half = line.bytes().length == 0 ? "" : "; the last thing it printed is not a whole line";
        if (!process.waitFor(deadlines.lastWords().toMillis(), TimeUnit.MILLISECONDS)) {
            return Reply.fault(OutcomeKind.CRASH, "it closed its output and did not answer" + half);
        }
        return Reply.fault(OutcomeKind.CRASH, describe(process.exitValue()) + half);
    }

    /**
     * Silence. A testee that holds its answers in a buffer is the newcomer's usual mistake, and it gives itself away:
     * when its input ends it flushes.
     */
    private Reply timedOut(Duration deadline) throws InterruptedException {
        String silence = "no line within " + Texts.seconds(deadline);
        // The writer closes the pipe as it goes, unless it is stuck in it.
        writer.interrupt();
        writer.join(deadlines.lastWords().toMillis());
        if (writer.isAlive()) {
            return Reply.fault(OutcomeKind.TIMEOUT, silence + ", and it does not read its input");
        }
        OutputLines.Line late = lines.next(deadlines.lastWords());
        boolean answered = late != null
                && late.sort() == OutputLines.Sort.WHOLE
                && !Reply.parse(late.bytes(), lastId).isFault();
        return Reply.fault(
                OutcomeKind.TIMEOUT,
                answered ? silence + "; the answer came when its input was closed: flush after each line" : silence);
    }

    /**
     * Says goodbye. Returns what is wrong with how it ended, or null: an answer and exit code 0. After the answer its
     * input ends, for the sake of programs in front of it, such as a {@code tee}, which wait for that.
     */
    @Nullable
    String bye() throws InterruptedException {
        Outcome outcome = call("bye", Json.MAPPER.createObjectNode());
        if (outcome.kind() != OutcomeKind.OK) {
            return "no good answer to bye: " + outcome.kind() + " " + outcome.code() + outcome.detail();
        }
        writer.interrupt();
        if (!process.waitFor(deadlines.call().toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            return "still running " + Texts.seconds(deadlines.call()) + " after bye and the end of its input";
        }
        int code = process.exitValue();
        return code == 0 ? null : "after bye: " + describe(code);
    }

    /** Ends the process and whatever it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        writer.interrupt();
        lines.stop();
    }

    /** Like close, but keeps the pipes until what was written to stderr has been read. */
    private void end() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        stderr.awaitEnd(deadlines.lastWords());
        close();
    }

    private void write() {
        try (OutputStream out = process.getOutputStream()) {
            while (true) {
                out.write(requests.take());
                out.flush();
            }
        } catch (IOException e) {
            // It does not read any more. Whether that is a crash is for the reading side to find out.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(int code) {
        String signal = Texts.signal(code);
        return "it ended with exit code " + code + (signal.isEmpty() ? "" : " (" + signal + ")");
    }
}
