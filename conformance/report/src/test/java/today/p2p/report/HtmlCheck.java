package today.p2p.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page as a strict reader would: every element that begins ends, in order; notes what it meets. */
final class HtmlCheck {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "rect", "br");
    private static final Set<String> RAW = Set.of("script", "style");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z0-9]+)((?:\\s+[a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)\\s*(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?");

    final List<String> faults = new ArrayList<>();
    final List<String> elements = new ArrayList<>();
    final List<String> attributes = new ArrayList<>();

    static HtmlCheck of(String html) {
        HtmlCheck check = new HtmlCheck();
        check.read(html.substring(html.indexOf('>') + 1));
        return check;
    }

    private void read(String html) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(html);
        int at = 0;
        while (tag.find(at)) {
            text(html.substring(at, tag.start()));
            at = tag.end();
            String name = tag.group(2);
            if (!tag.group(1).isEmpty()) {
                if (open.isEmpty() || !open.pop().equals(name)) {
                    faults.add("unexpected end of " + name + " at " + tag.start());
                    return;
                }
                continue;
            }
            elements.add(name);
            attributes(tag.group(3));
            if (RAW.contains(name)) {
                at = afterRaw(html, at, name);
            } else if (!VOID.contains(name)) {
                open.push(name);
            }
        }
        text(html.substring(at));
        open.forEach(name -> faults.add(name + " does not end"));
    }

    /** As browsers do: a raw element ends at its end tag however that goes on; a comment in it would hide that. */
    private int afterRaw(String html, int at, String name) {
        Matcher end = Pattern.compile("</" + name + "[\\s/>]", Pattern.CASE_INSENSITIVE)
                .matcher(html);
        if (!end.find(at)) {
            faults.add(name + " does not end");
            return html.length();
        }
        if (html.substring(at, end.start()).contains("<!--")) {
            faults.add("a comment begins in " + name);
        }
        return html.indexOf('>', end.start()) + 1;
    }

    private void text(String text) {
        if (text.indexOf('<') >= 0) {
            faults.add("a bare < in: " + text.strip());
        }
    }

    private void attributes(String text) {
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            attributes.add(attribute.group(1) + "=" + attribute.group(2));
        }
    }
}
