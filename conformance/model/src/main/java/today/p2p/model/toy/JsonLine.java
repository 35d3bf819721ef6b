package today.p2p.model.toy;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees out of lines and into them, without a mapper. To make one costs a new process more than all that the toy is asked,
 * and the self-check starts many.
 */
final class JsonLine {
    private static final JsonFactory LINES = new JsonFactory();
    private static final JsonNodeFactory TREES = JsonNodeFactory.instance;

    private JsonLine() {}

    /** The value that a line begins with, if it has one. How deep it nests is bounded by the parser. */
    static JsonNode read(String line) {
        try (JsonParser in = LINES.createParser(ObjectReadContext.empty(), line)) {
            return in.nextToken() == null ? TREES.missingNode() : value(in);
        }
    }

    static String write(JsonNode tree) {
        StringWriter line = new StringWriter();
        try (JsonParser from = tree.traverse(ObjectReadContext.empty());
                JsonGenerator out = LINES.createGenerator(ObjectWriteContext.empty(), line)) {
            from.nextToken();
            out.copyCurrentStructure(from);
        }
        return line.toString();
    }

    private static JsonNode value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> TREES.stringNode(in.getString());
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> TREES.numberNode(in.getDoubleValue());
            case VALUE_TRUE -> TREES.booleanNode(true);
            case VALUE_FALSE -> TREES.booleanNode(false);
            case VALUE_NULL -> TREES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("no value begins with " + in.currentToken());
        };
    }

    private static ObjectNode object(JsonParser in) {
        ObjectNode object = TREES.objectNode();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            object.set(name, value(in));
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) {
        ArrayNode array = TREES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(in));
        }
        return array;
    }

    private static JsonNode integer(JsonParser in) {
        return switch (in.getNumberType()) {
            case INT -> TREES.numberNode(in.getIntValue());
            case LONG -> TREES.numberNode(in.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> TREES.numberNode(in.getBigIntegerValue());
        };
    }
}
