package today.p2p.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where two values first differ, in words. */
record Difference(String path, String words) {

    /** The first difference in reading order, if the values are not the same (MSG-9, MPK-3, MPK-9). */
    static Optional<Difference> between(Value expected, Value got, String path) {
        if (expected instanceof Value.Array left && got instanceof Value.Array right) {
            return arrays(left.items(), right.items(), path);
        }
        if (expected instanceof Value.Dictionary left && got instanceof Value.Dictionary right) {
            return maps(left, right, path);
        }
        if (expected.equals(got)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(path, words(expected, got)));
    }

    private static Optional<Difference> arrays(List<Value> expected, List<Value> got, String path) {
        for (int i = 0; i < Math.min(expected.size(), got.size()); i++) {
            Optional<Difference> found = between(expected.get(i), got.get(i), path + "[" + i + "]");
            if (found.isPresent()) {
                return found;
            }
        }
        if (expected.size() == got.size()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(path, "expected " + expected.size() + " items, got " + got.size()));
    }

    private static Optional<Difference> maps(Value.Dictionary expected, Value.Dictionary got, String path) {
        Map<String, Value> values = new HashMap<>();
        got.entries().forEach(entry -> values.put(Words.canonical(entry.key()), entry.value()));
        for (Value.Entry entry : expected.entries()) {
            String below = path + "[" + Words.of(entry.key()) + "]";
            Value value = values.get(Words.canonical(entry.key()));
            if (value == null) {
                return Optional.of(new Difference(below, "this entry is missing"));
            }
            Optional<Difference> found = between(entry.value(), value, below);
            if (found.isPresent()) {
                return found;
            }
        }
        if (expected.entries().size() == got.entries().size()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                path,
                "expected " + expected.entries().size() + " entries, got "
                        + got.entries().size()));
    }

    private static String words(Value expected, Value got) {
        if (!expected.kind().equals(got.kind())) {
            return "expected " + expected.kind() + " " + Words.of(expected) + ", got " + got.kind() + " "
                    + Words.of(got);
        }
        if (expected instanceof Value.Text left && got instanceof Value.Text right) {
            return unlike(left.value(), right.value(), "character", expected, got);
        }
        if (expected instanceof Value.Binary left && got instanceof Value.Binary right) {
            return unlike(left.value().hex(), right.value().hex(), "hex digit", expected, got);
        }
        return "expected " + Words.of(expected) + ", got " + Words.of(got);
    }

    private static String unlike(String left, String right, String unit, Value expected, Value got) {
        int same = 0;
        while (same < Math.min(left.length(), right.length()) && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        String where = same < 30 ? "" : " (the first " + same + " " + unit + "s are the same)";
        return "expected " + Words.of(expected) + ", got " + Words.of(got) + where;
    }
}
