package today.p2p.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;

/** The program {@code p2p}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        boolean attached = Terminal.attached();
        int status = run(new Terminal(System.in, out, err, Terminal.mayColour(), attached), args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs one command line and returns the exit code. */
    static int run(Terminal terminal, String... args) {
        return commandLine(terminal).execute(args);
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine program = new CommandLine(new P2pCommand(), new CommandFactory(terminal));
        program.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return program.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((mistake, words) -> complain(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> complain(command, failure));
    }

    private static int complain(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        // Some sentences of picocli begin so, others do not.
        String sentence = String.valueOf(mistake.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceFirst("^Value for option option", "The value of")
                .replaceFirst(" is not an? (int|long)$", " is not a whole number");
        String word = mistake instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : "-";
        if (word.startsWith("-")) {
            err.println(name(command) + ": " + Readable.line(sentence));
            UnmatchedArgumentException.printSuggestions(mistake, err);
        } else if (command.getSubcommands().isEmpty()) {
            err.println(name(command) + ": '" + Readable.line(word) + "' is one word too many");
        } else {
            err.println(name(command) + ": there is no command '" + Readable.line(word) + "'");
            meant(command, word, mistake, err);
        }
        err.println(help(command));
        return ExitCode.USAGE;
    }

    /** What the word might have been: a command of a command, or one that is written alike. */
    private static void meant(CommandLine command, String word, ParameterException mistake, PrintWriter err) {
        command.getSubcommands().values().stream()
                .filter(each -> each.getSubcommands().containsKey(word))
                .findFirst()
                .ifPresentOrElse(
                        each -> err.println("Did you mean: " + name(each) + " " + word + "?"),
                        () -> UnmatchedArgumentException.printSuggestions(mistake, err));
    }

    private static String help(CommandLine command) {
        return "Try '" + name(command) + " --help'.";
    }

    private static int complain(CommandLine command, Exception failure) {
        PrintWriter err = command.getErr();
        if ("1".equals(System.getenv("P2P_DEBUG"))) {
            failure.printStackTrace(err);
        }
        if (failure instanceof Complaint complaint) {
            err.println(name(command) + ": " + Readable.line(complaint.sentence()));
            if (complaint.exitCode() == ExitCode.USAGE) {
                err.println(help(command));
            }
            return complaint.exitCode();
        }
        err.println(name(command) + ": a defect of this program: " + Readable.line(failure.toString())
                + " (P2P_DEBUG=1 shows where)");
        return ExitCode.INFRASTRUCTURE;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    /** UTF-8 whatever the locale says: frames carry text of any language. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream bytes = new FileOutputStream(descriptor);
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8)));
    }
}
