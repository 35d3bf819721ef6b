package today.p2p.benchmarks;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command line asks for, or a {@link ParameterException} that says what it may ask for. */
final class Choice {
    private Choice() {}

    static int rounds(int rounds, CommandSpec command) {
        if (rounds < 1 || rounds > 99) {
            throw new ParameterException(command.commandLine(), "--rounds is 1 to 99, not " + rounds);
        }
        return rounds;
    }

    /** The goals whose group and name match. */
    static List<Goal> goals(List<Goal> all, String only, CommandSpec command) {
        try {
            Pattern wanted = Pattern.compile(only);
            List<Goal> goals = all.stream()
                    .filter(goal -> wanted.matcher(full(goal)).find())
                    .toList();
            if (goals.isEmpty()) {
                throw new ParameterException(
                        command.commandLine(),
                        "--only " + only + " matches none of the goals; they are called, for instance, "
                                + full(all.get(0)));
            }
            return goals;
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    command.commandLine(), "--only is not a regular expression: " + e.getMessage());
        }
    }

    private static String full(Goal goal) {
        return goal.group() + ": " + goal.name();
    }
}
