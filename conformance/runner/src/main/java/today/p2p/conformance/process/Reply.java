package today.p2p.conformance.process;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.report.OutcomeKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One line of a testee, read as the reply to one call. */
record Reply(OutcomeKind kind, @Nullable JsonNode whole, String code, String detail) {
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
        try {
            reply = Json.MAPPER.readTree(line);
        } catch (JacksonException e) {
            return wrong("not a JSON object: " + e.getOriginalMessage()
                    + ". Only replies may go to stdout; print everything else to stderr");
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
        return read(reply, given.get(0));
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
        if (answer.equals("skip") || text.equals("NOOP")) {
            return new Reply(OutcomeKind.SKIP, null, "", text.equals("NOOP") ? "operation not known (NOOP)" : text);
        }
        return new Reply(OutcomeKind.ERR, reply, text, detail);
    }
}
