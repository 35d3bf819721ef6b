package today.p2p.model.toy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import today.p2p.model.Model;
import today.p2p.model.Mutant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the testee protocol from the model over standard input and output, well or badly: a runner proves itself
 * against it. Each misbehaviour that takes a call is given its number, counted from 1 with {@code hello}, or the name of
 * an operation.
 *
 * <pre>
 * --mutant NAME        answers with a deliberate defect
 * --crash-on CALL      exits with 3 in place of an answer
 * --hang-on CALL       never answers
 * --stray-output CALL  prints a line that is no reply before the answer
 * --wrong-id CALL      answers under another id
 * --no-flush CALL      leaves the answer in a buffer until the input ends
 * </pre>
 */
public final class ToyTestee {

    private static final Set<String> OPTIONS =
            Set.of("--mutant", "--crash-on", "--hang-on", "--stray-output", "--wrong-id", "--no-flush");
    private static final int CRASHED = 3;
    private static final int USAGE = 2;

    private final Map<String, String> options;
    private final Model model;
    private final PrintWriter out;
    private int calls;

    private ToyTestee(Map<String, String> options, PrintWriter out) {
        this.options = options;
        this.model = options.containsKey("--mutant")
                ? Model.with(Mutant.valueOf(options.get("--mutant")))
                : Model.standard();
        this.out = out;
    }

    /** Runs until {@code bye} or the end of the input. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        List<String> words = List.of(arguments);
        for (int i = 0; i < words.size(); i++) {
            if (!OPTIONS.contains(words.get(i)) || i + 1 == words.size()) {
                System.err.println("unknown or incomplete option " + words.get(i));
                System.exit(USAGE);
            }
            options.put(words.get(i), words.get(++i));
        }
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        new ToyTestee(options, out).serve();
    }

    private void serve() throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = JsonLine.read(line);
            String op = request.path("op").asString("");
            calls++;
            misbehave(op);
            ObjectNode reply = JsonNodeFactory.instance.objectNode();
            reply.put("id", request.path("id").longValue() + (is("--wrong-id", op) ? 1 : 0));
            reply.setAll(model.answer(op, request.path("in")).json());
            out.print(JsonLine.write(reply) + "\n");
            if (!is("--no-flush", op)) {
                out.flush();
            }
            if (op.equals("bye")) {
                break;
            }
        }
        out.flush();
    }

    private void misbehave(String op) throws InterruptedException {
        if (is("--crash-on", op)) {
            System.err.println("crashing as told");
            System.exit(CRASHED);
        }
        if (is("--hang-on", op)) {
            new CountDownLatch(1).await();
        }
        if (is("--stray-output", op)) {
            out.print("debug: " + op + "\n");
        }
    }

    private boolean is(String option, String op) {
        String call = options.getOrDefault(option, "");
        return call.equals(op) || call.equals(String.valueOf(calls));
    }
}
