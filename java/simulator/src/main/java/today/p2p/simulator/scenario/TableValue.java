package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import today.p2p.msgpack.Value;

/** Values of tables as scenario files write them. */
final class TableValue {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");

    private TableValue() {}

    /** The value of a word: a number, true, false, nil, map (an empty one), or text. */
    static Value of(Line line, int index) {
        return of(line.word(index));
    }

    /** A map of the words from an index on, each as NAME=VALUE. */
    static Value.Map map(Line line, int first) {
        List<Value.Entry> entries = new ArrayList<>();
        for (String word : line.from(first).words()) {
            int sign = word.indexOf('=');
            if (sign < 1) {
                throw line.wrong("not an entry of a map, such as name=value: " + word);
            }
            entries.add(new Value.Entry(Value.of(word.substring(0, sign)), of(word.substring(sign + 1))));
        }
        return Value.map(entries);
    }

    private static Value of(String word) {
        return switch (word) {
            case "true", "false" -> Value.of(Boolean.parseBoolean(word));
            case "nil" -> Value.nil();
            case "map" -> Value.map();
            default -> NUMBER.matcher(word).matches() ? Value.of(Long.parseLong(word)) : Value.of(word);
        };
    }
}
