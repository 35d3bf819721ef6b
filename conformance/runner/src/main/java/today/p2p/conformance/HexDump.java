package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.List;
import today.p2p.report.CaseReport;

/**
 * Prints bytes with a name for each part: offset, offset in the bare message, hex, name, value; nested parts are indented.
 * Replies count from the bare message (ERR-2), dumps from the frame: both numbers stand side by side.
 */
final class HexDump {
    private static final int BYTES_A_LINE = 16;
    private static final int FIRST_RANGES = 40;
    private static final int LAST_RANGES = 20;
    private static final int MOST_INDENTED = 10;

    private HexDump() {}

    static void print(PrintWriter out, List<CaseReport.HexView> views) {
        for (CaseReport.HexView view : views) {
            out.println();
            out.println(view.title() + " (" + view.total() + " bytes)");
            int bare = bare(view);
            if (view.ranges().isEmpty()) {
                bytes(out, view.hex(), 0, Math.min(view.hex().length() / 2, 4 * BYTES_A_LINE), "", bare);
            }
            ranges(out, view, bare);
            if (view.errorAt() >= 0) {
                out.println("  the reading stops at byte " + view.errorAt()
                        + (view.errorAt() >= bare
                                ? " = offset " + (view.errorAt() - bare) + " of the bare message"
                                : ""));
            }
        }
    }

    /** Where the bare message begins; past every byte if that is not known. */
    private static int bare(CaseReport.HexView view) {
        return view.ranges().stream()
                .filter(range -> range.depth() == 0 && range.name().equals("checksum"))
                .mapToInt(CaseReport.Range::to)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** The first parts and the last, because that is where the reading stops. */
    private static void ranges(PrintWriter out, CaseReport.HexView view, int bare) {
        List<CaseReport.Range> ranges = view.ranges();
        int left = Math.max(0, ranges.size() - FIRST_RANGES - LAST_RANGES);
        for (int i = 0; i < ranges.size(); i++) {
            if (i == FIRST_RANGES && left > 0) {
                out.println("  ... " + left + " more parts ...");
                i += left;
            }
            range(out, view, ranges.get(i), bare);
        }
    }

    private static void range(PrintWriter out, CaseReport.HexView view, CaseReport.Range range, int bare) {
        String deeper = range.depth() > MOST_INDENTED ? "level " + range.depth() + ": " : "";
        String text = "  ".repeat(Math.min(range.depth(), MOST_INDENTED))
                + deeper
                + range.name()
                + (range.value().isEmpty() ? "" : " = " + range.value());
        bytes(out, view.hex(), range.from(), Math.min(range.to(), view.hex().length() / 2), Console.cut(text), bare);
    }

    private static void bytes(PrintWriter out, String hex, int from, int to, String text, int bare) {
        int shown = Math.min(to, from + BYTES_A_LINE);
        StringBuilder line = new StringBuilder();
        for (int at = from; at < shown; at++) {
            line.append(hex, 2 * at, 2 * at + 2).append(' ');
        }
        if (shown < to) {
            line.append("...");
        }
        String inside = from >= bare ? String.valueOf(from - bare) : "";
        out.printf("  %5d %5s  %-52s %s%n", from, inside, line, text);
    }
}
