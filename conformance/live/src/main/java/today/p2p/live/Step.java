package today.p2p.live;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One step of a script: a verb and its arguments, as the case has them.
 *
 * @param number from 1
 */
record Step(int number, String verb, JsonNode in) {
    static Step of(int number, JsonNode in) {
        return new Step(number, in.path("do").asString(""), in);
    }

    /** The link that it is about, such as {@code A} or {@code A2}. */
    String link() {
        return in.path("link").asString("");
    }

    /** The name that the outcome gets, or null. */
    @Nullable
    String as() {
        return in.has("as") ? in.get("as").asString() : null;
    }

    JsonNode get(String field) {
        return in.path(field);
    }

    List<String> texts(String field) {
        return in.path(field).valueStream().map(JsonNode::asString).toList();
    }

    /** How long this may take: {@code within} seconds, else as usual. */
    Duration patience(Duration usual) {
        return in.has("within") ? Duration.ofMillis((long) (in.get("within").asDouble() * 1000)) : usual;
    }

    /** All of it in a line: the verb, the link, and the other arguments as JSON. */
    String words() {
        StringBuilder words = new StringBuilder(verb);
        if (!link().isEmpty()) {
            words.append(' ').append(link());
        }
        for (var field : in.properties()) {
            if (!field.getKey().equals("do") && !field.getKey().equals("link")) {
                words.append(' ').append(field.getKey()).append('=').append(field.getValue());
            }
        }
        return words.toString();
    }

    @Override
    public String toString() {
        return "step " + number + " (" + verb + (link().isEmpty() ? "" : " " + link()) + ")";
    }
}
