package today.p2p.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A clause's Markdown as runs of plain text and code. Emphasis and links keep their words only. */
final class ClauseText {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern EMPHASIS = Pattern.compile("(?<![\\w*])(\\*{1,2})(?=\\S)([^*]+?)\\1(?![\\w*])");

    private ClauseText() {}

    /** One run of a clause. */
    record Run(boolean code, String text) {}

    static List<Run> of(String markdown) {
        List<Run> runs = new ArrayList<>();
        String[] parts = markdown.split("`", -1);
        for (int at = 0; at < parts.length; at++) {
            boolean code = at % 2 == 1;
            String text = code ? parts[at] : plain(parts[at]);
            if (!text.isEmpty()) {
                runs.add(new Run(code, text));
            }
        }
        return List.copyOf(runs);
    }

    private static String plain(String markdown) {
        Matcher links = LINK.matcher(markdown);
        return EMPHASIS.matcher(links.replaceAll("$1")).replaceAll("$2");
    }
}
