package today.p2p.cli;

import java.util.ArrayList;
import java.util.List;
import today.p2p.msgpack.Bytes;
import today.p2p.terminal.Readable;

/** Bytes as lines of hex, with their offsets, notes beside them and a caret below one. */
final class HexLines {
    private static final int WIDTH = 16;
    private static final int LINES_OF_A_NOTE = 3;

    private HexLines() {}

    /** Lines for the bytes from {@code start} to before {@code end}; the note stands beside the first. */
    static List<String> noted(Bytes bytes, int start, int end, String note, boolean full) {
        List<String> lines = new ArrayList<>();
        int shown = full ? end : Math.min(end, start + WIDTH * LINES_OF_A_NOTE);
        for (int at = start; at < shown; at += WIDTH) {
            lines.add(line(bytes, at, Math.min(shown, at + WIDTH), at == start ? note : ""));
        }
        if (shown < end) {
            lines.add("        ... " + Readable.count(end - shown, "more byte"));
        }
        return lines;
    }

    /** The bytes around {@code offset}, and a caret below it; it may be one past the last byte. */
    static List<String> caret(Bytes bytes, int offset) {
        int line = Math.max(0, Math.min(offset, bytes.length()) / WIDTH * WIDTH);
        List<String> lines = new ArrayList<>();
        if (line > 0) {
            lines.add(line(bytes, line - WIDTH, line, ""));
        }
        lines.add(line(bytes, line, Math.min(bytes.length(), line + WIDTH), ""));
        lines.add(" ".repeat(8 + 3 * (offset - line)) + "^^");
        return lines;
    }

    private static String line(Bytes bytes, int from, int to, String note) {
        StringBuilder out = new StringBuilder(String.format("%06x  ", from));
        for (int at = from; at < to; at++) {
            out.append(String.format("%02x ", bytes.get(at)));
        }
        if (note.isEmpty()) {
            return out.toString().stripTrailing();
        }
        out.append(" ".repeat(3 * (WIDTH - (to - from)) + 1));
        return out.append(note).toString();
    }
}
