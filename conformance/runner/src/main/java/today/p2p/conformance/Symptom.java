package today.p2p.conformance;

import java.util.HexFormat;
import java.util.List;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Outcome;
import today.p2p.conformance.process.Session;
import today.p2p.model.Answer;
import today.p2p.model.Judge;
import today.p2p.model.Model;
import today.p2p.report.OutcomeKind;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is wrong with a testee's answer for one frame, in the model's eyes. Two frames with equal symptoms show the same
 * defect, as far as that can be told from outside: shrinking without the model's part of it drifts to another defect.
 *
 * @param testee NONE, IMPRECISE, SKIP, ACCEPTED, REFUSED, VALUE, INTERNAL, NOOP, TIMEOUT, CRASH or PROTOCOL
 * @param model OK, or the model's error code
 * @param path where in the message the model stops; empty for OK
 */
record Symptom(String testee, String model, String path) {

    /** The symptom, and the outcome that shows it. */
    record Seen(Symptom symptom, Outcome outcome) {}

    /** Asks the testee, and the model. */
    static Seen of(Session session, byte[] frame, List<Integer> codecs) throws Session.Unusable, InterruptedException {
        ObjectNode in = input(frame, codecs);
        Outcome outcome = session.ask("frame.decode", in);
        Answer answer = Model.standard().answer("frame.decode", in);
        String testee = testee(in, answer, outcome);
        if (answer instanceof Answer.Err err) {
            return new Seen(new Symptom(testee, err.code(), err.path()), outcome);
        }
        return new Seen(new Symptom(testee, "OK", ""), outcome);
    }

    static ObjectNode input(byte[] frame, List<Integer> codecs) {
        ObjectNode in =
                Json.MAPPER.createObjectNode().put("frame", HexFormat.of().formatHex(frame));
        codecs.forEach(in.putArray("codecs")::add);
        return in;
    }

    private static String testee(ObjectNode in, Answer answer, Outcome outcome) {
        if (outcome.reply() == null) {
            return outcome.kind().name();
        }
        if (List.of("INTERNAL", "NOOP").contains(outcome.code())) {
            return outcome.code();
        }
        return switch (Judge.judge("frame.decode", in, answer, outcome.reply()).kind()) {
            case PASS -> "NONE";
            case IMPRECISE -> "IMPRECISE";
            case SKIP -> "SKIP";
            case FAIL ->
                outcome.kind() == OutcomeKind.ERR ? "REFUSED" : answer instanceof Answer.Err ? "ACCEPTED" : "VALUE";
        };
    }

    boolean isDefect() {
        return !List.of("NONE", "IMPRECISE", "SKIP").contains(testee);
    }

    @Override
    public String toString() {
        String says = model.equals("OK") ? "accepts" : "says " + model + (path.isEmpty() ? "" : " at " + path);
        return "testee " + testee + ", model " + says;
    }
}
