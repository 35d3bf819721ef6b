package today.p2p.rigs;

import java.io.PrintStream;

/** What a rig prints. */
final class Report {
    private static final PrintStream OUT = System.out;

    private Report() {}

    static void line(String text) {
        OUT.println(text);
        OUT.flush();
    }

    static void figure(String name, Object value) {
        line(String.format("  %-24s %s", name, value));
    }

    /** Prints a demand and whether it was met; returns that. */
    static boolean holds(String demand, boolean isMet) {
        line("  " + (isMet ? "held:   " : "BROKEN: ") + demand);
        return isMet;
    }
}
