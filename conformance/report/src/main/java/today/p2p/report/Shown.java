package today.p2p.report;

/** Makes text from a stranger fit to be shown: no longer than asked, nothing in it that a reader cannot see. */
final class Shown {
    private Shown() {}

    /**
     * The text with its invisible characters spelled out as <code>&#92;u202e</code>: controls but tab and line feed, marks that
     * turn the direction of writing, line separators, halves of surrogate pairs, non-characters.
     *
     * @param most of the text's characters that are kept; what is left out is counted at the end
     */
    static String text(String text, int most) {
        int end = Math.min(text.length(), most);
        StringBuilder shown = new StringBuilder(end + 32);
        for (int at = 0; at < end; ) {
            int c = text.codePointAt(at);
            if (isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(c > 0xffff ? "\\u{%x}" : "\\u%04x", c));
            }
            at += Character.charCount(c);
        }
        if (end < text.length()) {
            shown.append(cutMark(text.length()));
        }
        return shown.toString();
    }

    /** The text as it is, but not longer than {@code most} characters and the mark that says how long it was. */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + cutMark(text.length());
    }

    /** As {@link #text}, on one line. */
    static String line(String text, int most) {
        return text(text, most).replace('\n', ' ').replace('\t', ' ');
    }

    private static String cutMark(int length) {
        return " … (cut: " + length + " characters in all)";
    }

    /** XML 1.0 forbids most controls, U+FFFE and U+FFFF even as references; the rest of these only mislead a reader. */
    private static boolean isVisible(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT -> false;
            default -> (c & 0xfffe) != 0xfffe;
        };
    }
}
