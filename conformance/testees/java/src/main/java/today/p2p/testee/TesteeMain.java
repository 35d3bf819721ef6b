package today.p2p.testee;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import today.p2p.msgpack.ErrorCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The program: answers requests until {@code bye} or the end of its input. */
public final class TesteeMain {
    /** A frame of the largest size in hex, four times over. */
    private static final int LONGEST_LINE = 1 << 27;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_LINE)
                            .maxNestingDepth(4096)
                            .build())
                    .build())
            .build();

    private TesteeMain() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            System.err.println("p2p testee: no arguments are known, but got " + String.join(" ", args));
            System.exit(2);
        }
        run(System.in, System.out);
    }

    /** Answers each line of {@code in} with one line on {@code out}, flushed, in order. */
    public static void run(InputStream in, OutputStream out) throws IOException {
        Lines lines = new Lines(in, LONGEST_LINE);
        OutputStream replies = new BufferedOutputStream(out, 1 << 16);
        boolean bye = false;
        while (!bye) {
            Optional<byte[]> line = lines.next();
            if (line.isEmpty()) {
                return;
            }
            JsonNode request = parse(line.get());
            ObjectNode reply = reply(request, line.get().length);
            replies.write(JSON.writeValueAsBytes(reply));
            replies.write('\n');
            replies.flush();
            bye = request.path("op").asString("").equals("bye");
        }
    }

    private static ObjectNode reply(JsonNode request, int length) {
        ObjectNode reply = JSON.createObjectNode();
        reply.set("id", request.path("id").isMissingNode() ? JSON.nullNode() : request.path("id"));
        if (length > LONGEST_LINE) {
            reply.setAll(Testee.error(ErrorCode.LIMIT, "a line of more than " + LONGEST_LINE + " bytes"));
        } else if (!request.isObject()) {
            reply.setAll(Testee.error(ErrorCode.INTERNAL, "the line is not a JSON object"));
        } else {
            reply.setAll(Testee.answer(request));
        }
        return reply;
    }

    private static JsonNode parse(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
