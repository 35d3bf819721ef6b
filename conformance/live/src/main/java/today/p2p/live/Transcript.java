package today.p2p.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What happened, for people: lines, and the last frames as bytes. Bounded. */
final class Transcript {
    private static final int MAX_LINES = 300;
    private static final int MAX_CHARS = 400;
    private static final int MAX_FRAMES = 4;

    private final List<String> lines = new ArrayList<>();
    private final Deque<Finding.Traffic> frames = new ArrayDeque<>();

    void say(String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(cut(line));
        }
    }

    /** A frame towards the testee ({@code A > T}) or from it. */
    void frame(String link, boolean sent, byte[] bytes, List<Integer> codecs, String meaning) {
        String title = sent ? link + " > T" : link + " < T";
        say(title + "  " + meaning);
        if (frames.size() == MAX_FRAMES) {
            frames.removeFirst();
        }
        frames.addLast(new Finding.Traffic(title, bytes, codecs));
    }

    Finding finding(Finding.Sort sort, String cause, String text, String expected, String got) {
        return new Finding(sort, cause, text, expected, got, lines, List.copyOf(frames));
    }

    static String brief(JsonNode node) {
        return cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "... (" + text.length() + ")";
    }
}
