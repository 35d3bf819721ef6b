package today.p2p.conformance.process;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the testee protocol has it: one value, no repeated keys, nothing after it. */
public final class Json {
    /** Longest line that is read from a testee. A frame of the largest size is 32 MiB of hex. */
    public static final int MAX_LINE_BYTES = 64 << 20;

    private static final int SHOWN_CHARS = 4000;

    private static final int SHOWN_ITEMS = 300;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_LINE_BYTES)
                            .maxNestingDepth(2000)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper LAX = MAPPER.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** A line that is good JSON but for repeated keys; null when more is wrong with it. */
    static @Nullable JsonNode withRepeatedKeys(byte[] line) {
        try {
            return LAX.readTree(line);
        } catch (JacksonException e) {
            return null;
        }
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** One line of the testee protocol. A lone surrogate, which UTF-8 does not have, goes as an escape. */
    public static byte[] line(JsonNode node) {
        String text = text(node);
        StringBuilder line = new StringBuilder(text.length() + 1);
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The node as text for a report: still JSON, but long texts are cut in the middle and long lists at their end. */
    public static String brief(JsonNode node) {
        return text(cut(node));
    }

    private static JsonNode cut(JsonNode node) {
        if (node.isString() && node.asString().length() > SHOWN_CHARS) {
            return MAPPER.getNodeFactory().stringNode(shown(node.asString()));
        }
        if (node.isArray()) {
            ArrayNode items = MAPPER.createArrayNode();
            node.valueStream().limit(SHOWN_ITEMS).forEach(item -> items.add(cut(item)));
            if (node.size() > SHOWN_ITEMS) {
                items.add("[... " + (node.size() - SHOWN_ITEMS) + " items ...]");
            }
            return items;
        }
        if (node.isObject()) {
            ObjectNode fields = MAPPER.createObjectNode();
            node.properties().forEach(field -> fields.set(field.getKey(), cut(field.getValue())));
            return fields;
        }
        return node;
    }

    /** The text, cut in the middle when it is too long for a report. */
    public static String shown(String text) {
        if (text.length() <= SHOWN_CHARS) {
            return text;
        }
        int half = SHOWN_CHARS / 2;
        return text.substring(0, half)
                + gap(text.length() - SHOWN_CHARS, "characters")
                + text.substring(text.length() - half);
    }

    /** Bytes of a line as text for a report: cut likewise, control characters visible, a last LF left out. */
    public static String shown(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? bytes.length - 1 : bytes.length;
        if (length <= SHOWN_CHARS) {
            return visible(bytes, 0, length);
        }
        int half = SHOWN_CHARS / 2;
        return visible(bytes, 0, half) + gap(length - SHOWN_CHARS, "bytes") + visible(bytes, length - half, length);
    }

    private static String gap(int left, String what) {
        return " [... " + left + " " + what + " ...] ";
    }

    private static String visible(byte[] bytes, int from, int to) {
        StringBuilder visible = new StringBuilder(to - from);
        new String(bytes, from, to - from, StandardCharsets.UTF_8).chars().forEach(c -> {
            if (c < 0x20 || c == 0x7f) {
                visible.append(String.format("\\x%02x", c));
            } else {
                visible.append((char) c);
            }
        });
        return visible.toString();
    }
}
