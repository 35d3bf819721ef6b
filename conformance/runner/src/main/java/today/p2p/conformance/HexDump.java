package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.List;
import today.p2p.report.CaseReport;

/** Prints bytes with a name for each part: offset, hex, name, value; nested parts are indented. */
final class HexDump {
    private static final int BYTES_A_LINE = 16;
    private static final int SHOWN_RANGES = 60;

    private HexDump() {}

    static void print(PrintWriter out, List<CaseReport.HexView> views) {
        for (CaseReport.HexView view : views) {
            out.println();
            out.println(view.title() + " (" + view.total() + " bytes)");
            if (view.ranges().isEmpty()) {
                bytes(out, view.hex(), 0, Math.min(view.hex().length() / 2, 4 * BYTES_A_LINE), "");
            }
            view.ranges().stream().limit(SHOWN_RANGES).forEach(range -> range(out, view, range));
            if (view.ranges().size() > SHOWN_RANGES) {
                out.println("  ... " + (view.ranges().size() - SHOWN_RANGES) + " more parts");
            }
            if (view.errorAt() >= 0) {
                out.println("  the reading stops at byte " + view.errorAt());
            }
        }
    }

    private static void range(PrintWriter out, CaseReport.HexView view, CaseReport.Range range) {
        String text =
                "  ".repeat(range.depth()) + range.name() + (range.value().isEmpty() ? "" : " = " + range.value());
        bytes(out, view.hex(), range.from(), Math.min(range.to(), view.hex().length() / 2), Console.cut(text));
    }

    private static void bytes(PrintWriter out, String hex, int from, int to, String text) {
        int shown = Math.min(to, from + BYTES_A_LINE);
        StringBuilder line = new StringBuilder();
        for (int at = from; at < shown; at++) {
            line.append(hex, 2 * at, 2 * at + 2).append(' ');
        }
        if (shown < to) {
            line.append("...");
        }
        out.printf("  %5d  %-52s %s%n", from, line, text);
    }
}
