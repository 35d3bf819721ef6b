package today.p2p.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import today.p2p.report.CaseReport;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;

/**
 * Chooses cases by an expression such as {@code FRM-* & !flag:DOS & level:MUST}.
 *
 * <pre>
 * expression = both { "|" both }
 * both       = one { "&amp;" one }
 * one        = "!" one | "(" expression ")" | [ key ":" ] pattern
 * key        = "id" | "area" | "op" | "req" | "level" | "flag" | "result" | "file"     (id when there is none)
 * </pre>
 *
 * <p>A pattern is matched without regard to case; {@code *} stands for any characters and {@code ?} for one. A value that
 * no case of the suite can have is a mistake, but for ids and clauses, of which there are many.
 */
final class Filter {
    private static final List<String> KEYS = List.of("id", "area", "op", "req", "level", "flag", "result", "file");
    private static final int MAX_CHARS = 1000;

    private final String text;
    private final List<CaseReport.Info> suite;
    private int at;
    private int depth;

    private Filter(String text, List<CaseReport.Info> suite) {
        this.text = text;
        this.suite = suite;
    }

    /** A filter that cannot be read; the message shows the place. */
    static final class BadFilter extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        BadFilter(String text, int at, String mistake) {
            super(mistake + "\n  " + text.replace('\n', ' ') + "\n  " + " ".repeat(at) + "^");
        }
    }

    /** Reads an expression about the cases of a suite; blank text chooses everything. */
    static Predicate<CaseReport.Info> parse(String text, List<CaseReport.Info> suite) {
        if (text.isBlank()) {
            return info -> true;
        }
        if (text.length() > MAX_CHARS) {
            throw new BadFilter(text.substring(0, 40) + "...", 0, "longer than " + MAX_CHARS + " characters");
        }
        Filter filter = new Filter(text, suite);
        Predicate<CaseReport.Info> chosen = filter.expression();
        if (filter.at < text.length()) {
            throw filter.mistake(
                    filter.peek() == ')'
                            ? "this parenthesis closes nothing"
                            : "expected '&' or '|' between two conditions");
        }
        return chosen;
    }

    private Predicate<CaseReport.Info> expression() {
        Predicate<CaseReport.Info> chosen = both();
        while (peek() == '|') {
            at++;
            chosen = chosen.or(both());
        }
        return chosen;
    }

    private Predicate<CaseReport.Info> both() {
        Predicate<CaseReport.Info> chosen = one();
        while (peek() == '&') {
            at++;
            chosen = chosen.and(one());
        }
        return chosen;
    }

    private Predicate<CaseReport.Info> one() {
        char next = peek();
        if (next == '!') {
            at++;
            return one().negate();
        }
        if (next == '(') {
            return inParentheses();
        }
        String word = word();
        if (word.isEmpty()) {
            throw mistake("expected a condition here, such as FRM-*, op:frame.decode or !flag:DOS");
        }
        int colon = word.indexOf(':');
        String key = colon < 0 ? "id" : word.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!KEYS.contains(key)) {
            at -= word.length();
            throw mistake("no key '" + key + "'; there are " + String.join(", ", KEYS));
        }
        if (colon == word.length() - 1) {
            throw mistake("expected a pattern after '" + word + "'");
        }
        Pattern pattern = glob(word.substring(colon + 1));
        checkKnown(key, word, pattern);
        return condition(key, pattern);
    }

    private void checkKnown(String key, String word, Pattern pattern) {
        if (key.equals("id") || key.equals("req")) {
            return;
        }
        List<String> known = known(key);
        if (known.stream().noneMatch(value -> pattern.matcher(value).matches())) {
            at -= word.length();
            throw mistake("no " + key + " is '" + word.substring(word.indexOf(':') + 1) + "'; there are "
                    + String.join(", ", known));
        }
    }

    private List<String> known(String key) {
        return switch (key) {
            case "level" -> Stream.of(Level.values()).map(Level::name).toList();
            case "result" ->
                Stream.of(Result.values())
                        .map(result -> result.name().toLowerCase(Locale.ROOT))
                        .toList();
            default -> sorted(suite.stream().flatMap(info -> values(info, key).stream()));
        };
    }

    private static List<String> sorted(Stream<String> values) {
        return List.copyOf(values.collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What somebody may have meant whose filter chooses no case: ids begin otherwise than the clauses they test. */
    static String suggestion(String text, List<CaseReport.Info> suite) {
        List<String> words = Arrays.stream(text.split("[&|!()\\s]+"))
                .filter(word -> !word.isEmpty() && word.indexOf(':') < 0)
                .toList();
        for (String word : words) {
            if (suite.stream().anyMatch(info -> info.id().startsWith(word + "-"))) {
                return "; try " + word + "-* for the cases whose ids begin so";
            }
            boolean isClause = suite.stream()
                    .flatMap(info -> info.requirements().stream())
                    .anyMatch(clause -> glob(word).matcher(clause).matches());
            if (isClause) {
                return "; try req:" + word + " for the cases that test such clauses";
            }
        }
        return "; the areas of the case ids are "
                + String.join(" ", sorted(suite.stream().map(CaseReport.Info::area)));
    }

    private Predicate<CaseReport.Info> inParentheses() {
        int open = at++;
        if (++depth > 50) {
            throw mistake("more than 50 parentheses inside each other");
        }
        Predicate<CaseReport.Info> inner = expression();
        if (peek() != ')') {
            at = open;
            throw mistake("this parenthesis is not closed");
        }
        at++;
        depth--;
        return inner;
    }

    private static Predicate<CaseReport.Info> condition(String key, Pattern pattern) {
        return info -> values(info, key).stream()
                .anyMatch(value -> pattern.matcher(value).matches());
    }

    private static List<String> values(CaseReport.Info info, String key) {
        return switch (key) {
            case "area" -> List.of(info.area());
            case "op" -> List.of(info.call().op());
            case "req" -> info.requirements();
            case "level" -> List.of(info.level());
            case "flag" -> info.note().flags();
            case "result" -> List.of(info.expected().result());
            case "file" -> List.of(info.note().file(), info.note().file().replaceFirst("\\.json$", ""));
            default -> List.of(info.id());
        };
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private String word() {
        int from = at;
        while (at < text.length() && "&|!() \t\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** The next character that is not white space, or 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private BadFilter mistake(String what) {
        return new BadFilter(text, at, what);
    }
}
