package today.p2p.benchmarks;

import java.util.List;
import java.util.Map;

/** What a run says, as text. */
final class Printout {
    private Printout() {}

    static void print(Map<String, List<Goal.Outcome>> runs) {
        runs.forEach((jvm, outcomes) -> {
            System.out.printf("%n%s%n", jvm);
            String group = "";
            for (Goal.Outcome outcome : outcomes) {
                if (!group.equals(outcome.goal().group())) {
                    group = outcome.goal().group();
                    System.out.println("  " + group);
                }
                System.out.println("    " + line(outcome));
            }
        });
    }

    private static String line(Goal.Outcome outcome) {
        Goal goal = outcome.goal();
        if (!outcome.trouble().isEmpty()) {
            return "%-44s %s".formatted(goal.name(), outcome.trouble());
        }
        String bound = Double.isNaN(goal.bound())
                ? ""
                : "  %s %.2f  %s"
                        .formatted(
                                goal.atMost() ? "goal <=" : "goal >=",
                                goal.bound(),
                                outcome.reached().orElse(false) ? "reached" : "MISSED");
        return "%-44s %7.3f (%.2f to %.2f)%s"
                .formatted(
                        goal.name(),
                        outcome.ratio().median(),
                        outcome.ratio().least(),
                        outcome.ratio().greatest(),
                        bound);
    }
}
