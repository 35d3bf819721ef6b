package today.p2p.conformance;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the testee protocol has it: one value, no repeated keys, nothing after it. */
final class Json {
    /** Longest line that is read from a testee. A frame of the largest size is 32 MiB of hex. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private static final int SHOWN_CHARS = 4000;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_LINE_BYTES)
                            .maxNestingDepth(2000)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static byte[] line(JsonNode node) {
        return (text(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The text, cut in the middle when it is too long for a report. */
    static String shown(String text) {
        if (text.length() <= SHOWN_CHARS) {
            return text;
        }
        int half = SHOWN_CHARS / 2;
        return text.substring(0, half) + " [... " + (text.length() - SHOWN_CHARS) + " characters ...] "
                + text.substring(text.length() - half);
    }

    /** Bytes of a line as text for a report: cut like {@link #shown}, control characters visible. */
    static String shown(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 4 * SHOWN_CHARS), StandardCharsets.UTF_8);
        StringBuilder visible = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c < 0x20 || c == 0x7f) {
                visible.append(String.format("\\x%02x", c));
            } else {
                visible.append((char) c);
            }
        });
        return shown(visible.toString());
    }
}
