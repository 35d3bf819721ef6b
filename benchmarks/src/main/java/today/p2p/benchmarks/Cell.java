package today.p2p.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that is measured: a benchmark method with its parameters.
 *
 * @param method class and method, such as {@code EncodeBenchmark.ours}
 * @param parameters in the order in which they are shown
 */
record Cell(String method, Map<String, String> parameters) {
    Cell {
        parameters = Map.copyOf(parameters);
    }

    static Cell of(String method, String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Cell(method, parameters);
    }

    /** Exactly this method, for JMH. */
    String pattern() {
        return "^" + Cell.class.getPackageName().replace(".", "\\.") + "\\." + method.replace(".", "\\.") + "$";
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method);
        new TreeMap<>(parameters)
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
