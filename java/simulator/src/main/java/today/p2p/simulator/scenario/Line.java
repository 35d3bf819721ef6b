package today.p2p.simulator.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import today.p2p.kernel.Time;

/**
 * One line of a scenario file, as words; what stands in quotes is one word.
 *
 * @param place file and number, for messages
 */
record Line(String place, List<String> words) {
    private static final Pattern WORD = Pattern.compile("\\s*(?:\"([^\"]*)\"|([^\\s\"#]+)|(#.*))\\s*");
    private static final Pattern DURATION = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    Line {
        words = List.copyOf(words);
    }

    /** Cuts a line into words; a comment is none. */
    static Line of(String place, String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (at < text.length() && word.find(at) && word.start() == at) {
            if (word.group(3) == null) {
                words.add(word.group(1) != null ? word.group(1) : word.group(2));
            }
            at = word.end();
        }
        Line line = new Line(place, words);
        if (at < text.length() && !text.isBlank()) {
            throw line.wrong("cannot be read from here on: " + text.substring(at));
        }
        return line;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    String command() {
        return words.get(0);
    }

    /** The line without its first words. */
    Line from(int first) {
        if (first >= words.size()) {
            throw wrong("something is missing after: " + String.join(" ", words));
        }
        return new Line(place, words.subList(first, words.size()));
    }

    int size() {
        return words.size();
    }

    String word(int index) {
        if (index >= words.size()) {
            throw wrong("something is missing after: " + String.join(" ", words));
        }
        return words.get(index);
    }

    /** Refuses what stands behind the last word that means something. */
    void end(int count) {
        if (words.size() > count) {
            throw wrong("what is this: " + words.get(count));
        }
    }

    int number(int index) {
        String word = word(index);
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException notOne) {
            throw wrong("not a number: " + word);
        }
    }

    /** A duration in nanoseconds, such as 1.5s or -100ms. */
    long duration(int index) {
        Matcher duration = DURATION.matcher(word(index));
        if (!duration.matches()) {
            throw wrong("not a duration, such as 10ms, 1.5s or 2m: " + word(index));
        }
        long unit = switch (duration.group(2)) {
            case "us" -> Time.SECOND / 1_000_000;
            case "ms" -> Time.SECOND / 1000;
            case "s" -> Time.SECOND;
            case "m" -> 60 * Time.SECOND;
            default -> 3600 * Time.SECOND;
        };
        return new BigDecimal(duration.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
    }

    /** Node numbers such as 1,3-5; {@code all} and {@code none} of {@code most}. */
    List<Integer> nodes(int index, int most) {
        String word = word(index);
        List<Integer> nodes = new ArrayList<>();
        if (word.equals("none")) {
            return nodes;
        }
        for (String part : (word.equals("all") ? "1-" + most : word).split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw wrong("not a list of nodes, such as 1,3-5: " + word);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            for (int node = first; node <= Math.min(last, most + 1); node++) {
                nodes.add(node);
            }
        }
        nodes.stream().filter(node -> node < 1 || node > most).findFirst().ifPresent(node -> {
            throw wrong("there is no node " + node);
        });
        return nodes;
    }

    /** The constant of an enum whose name is written with dashes here. */
    <E extends Enum<E>> E constant(int index, Class<E> kind) {
        String name = word(index).toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw wrong("no " + kind.getSimpleName().toLowerCase(Locale.ROOT) + " is called " + word(index));
    }

    ScenarioException wrong(String problem) {
        return new ScenarioException(this, problem);
    }

    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        words.forEach(word -> shown.add(word.indexOf(' ') < 0 && !word.isEmpty() ? word : '"' + word + '"'));
        return String.join(" ", shown);
    }
}
