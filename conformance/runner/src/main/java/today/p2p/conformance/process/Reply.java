package today.p2p.conformance.process;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.report.OutcomeKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One line of a testee, read as the reply to one call. */
record Reply(OutcomeKind kind, @Nullable JsonNode whole, String code, String detail) {
    /** What stands for a result in which a key is repeated: readable JSON, but it does not say what was decoded. */
    static final String REPEATED =
            "a key is repeated; a map with a repeated key is written as $map (testee protocol, Values)";

    private static final List<String> ANSWERS = List.of("ok", "err", "skip");

    static Reply fault(OutcomeKind kind, String detail) {
        return new Reply(kind, null, "", detail);
    }

    static Reply wrong(String detail) {
        return fault(OutcomeKind.PROTOCOL, detail);
    }

    boolean isFault() {
        return kind == OutcomeKind.TIMEOUT || kind == OutcomeKind.CRASH || kind == OutcomeKind.PROTOCOL;
    }

    static Reply parse(byte[] line, int id) {
        JsonNode reply;
        boolean repeated = false;
        try {
            reply = Json.MAPPER.readTree(line);
        } catch (JacksonException e) {
            reply = Json.withRepeatedKeys(line);
            repeated = true;
            if (reply == null) {
                return wrong("not a JSON object: " + e.getOriginalMessage()
                        + ". Only replies may go to stdout; print everything else to stderr");
            }
        }
        if (!reply.isObject()) {
            return wrong("not a JSON object. Only replies may go to stdout");
        }
        JsonNode answered = reply.path("id");
        if (!answered.isIntegralNumber() || !answered.bigIntegerValue().equals(BigInteger.valueOf(id))) {
            return wrong("the reply to another call: id " + answered + " instead of " + id);
        }
        List<String> given = ANSWERS.stream().filter(reply::has).toList();
        if (given.size() != 1) {
            return wrong("a reply has exactly one of ok, err and skip; this one has " + given);
        }
        if (repeated) {
            return given.get(0).equals("ok") ? repeated(id) : wrong("a key of this reply is repeated");
        }
        return read(reply, given.get(0));
    }

    private static Reply repeated(int id) {
        JsonNode whole = Json.MAPPER.createObjectNode().put("id", id).put("ok", REPEATED);
        return new Reply(OutcomeKind.OK, whole, "", REPEATED);
    }

    private static Reply read(JsonNode reply, String answer) {
        JsonNode value = reply.get(answer);
        String detail = reply.path("detail").asString("");
        if (answer.equals("ok")) {
            return new Reply(OutcomeKind.OK, reply, "", detail);
        }
        if (!value.isString()) {
            return wrong(answer + " is not text");
        }
        String text = value.asString();
        if (answer.equals("skip")) {
            return new Reply(OutcomeKind.SKIP, null, "", text);
        }
        return new Reply(OutcomeKind.ERR, reply, text, detail);
    }
}
