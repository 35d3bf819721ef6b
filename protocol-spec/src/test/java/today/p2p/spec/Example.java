package today.p2p.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One worked example of a chapter, as the block says it: fields in order, each value as JSON. The README of the
 * specification explains the notation.
 */
record Example(String id, Path file, int line, Map<String, JsonNode> fields) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern FENCE = Pattern.compile("```example ([a-z0-9-]+)");
    private static final Pattern FIELD =
            Pattern.compile("(op|also|req|err|offset|(?:in|ok)\\.[A-Za-z0-9]+(?:\\[])?):(?: (.*))?");

    String at() {
        return Repository.at(file, line);
    }

    static List<Example> all(List<String> problems) {
        List<Example> examples = new ArrayList<>();
        for (Path file : Repository.chapters()) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher fence = FENCE.matcher(lines.get(i));
                if (fence.matches()) {
                    examples.add(read(fence.group(1), file, lines, i, problems));
                } else if (lines.get(i).startsWith("```example")) {
                    problems.add(Repository.at(file, i + 1) + " an example needs an id in lower case");
                }
            }
        }
        return examples;
    }

    private static Example read(String id, Path file, List<String> lines, int fence, List<String> problems) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        int end = fence + 1;
        while (end < lines.size() && !lines.get(end).equals("```")) {
            end++;
        }
        for (int i = fence + 1; i < end; i++) {
            Matcher field = FIELD.matcher(lines.get(i));
            int first = i + 1;
            while (i + 1 < end && lines.get(i + 1).startsWith("  ")) {
                i++;
            }
            try {
                if (!field.matches()) {
                    throw new IllegalArgumentException("is not a field of an example");
                }
                put(fields, field.group(1), field.group(2), lines.subList(first, i + 1));
            } catch (IllegalArgumentException | JacksonException e) {
                problems.add(Repository.at(file, first) + " " + e.getMessage());
            }
        }
        return new Example(id, file, fence + 1, fields);
    }

    private static void put(Map<String, JsonNode> fields, String name, String value, List<String> block) {
        String key = name.replace("[]", "");
        JsonNode node;
        if (value == null || !block.isEmpty()) {
            List<String> hex = block.stream().map(Example::hex).toList();
            node = JSON.valueToTree(name.endsWith("[]") ? hex : String.join("", hex));
        } else if (key.equals("req")) {
            node = JSON.valueToTree(List.of(value.split(", ")));
        } else if (key.equals("op") || key.equals("also") || key.equals("err")) {
            node = JSON.valueToTree(value);
        } else {
            node = JSON.readTree(value);
        }
        if (fields.put(key, node) != null) {
            throw new IllegalArgumentException("gives the field " + key + " again");
        }
    }

    private static String hex(String line) {
        String digits = line.replaceFirst(";.*", "").replace(" ", "");
        if (!digits.matches("([0-9a-f]{2})*")) {
            throw new IllegalArgumentException("holds something other than whole bytes in hexadecimal: " + digits);
        }
        return digits;
    }

    /** Text of the field, or nothing. */
    String text(String field) {
        JsonNode node = fields.get(field);
        return node == null || node.isNull() ? "" : node.asString();
    }

    List<String> req() {
        List<String> ids = new ArrayList<>();
        JsonNode node = fields.get("req");
        if (node != null) {
            node.forEach(id -> ids.add(id.asString()));
        }
        return ids;
    }

    /** The example as a request and its answer: op, req, in, and ok or err. */
    ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", id).put("chapter", file.getFileName().toString());
        fields.forEach((name, value) -> {
            String[] path = name.split("\\.", 2);
            if (path.length == 1) {
                json.set(name, value);
            } else {
                json.withObject("/" + path[0]).set(path[1], value);
            }
        });
        return json;
    }
}
