package today.p2p.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import today.p2p.conformance.ConformCommand;
import today.p2p.shell.NodeCommand;
import today.p2p.shell.chat.ChatCommand;
import today.p2p.shell.tables.RingCommand;
import today.p2p.shell.tables.TableCommand;

/** The program without a command: says what there is. */
@Command(
        name = "p2p",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Joins networks of the p2p.today protocol 0.7, looks into its frames and ids, and judges implementations.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            ChatCommand.class,
            TableCommand.class,
            RingCommand.class,
            FrameCommand.class,
            IdCommand.class,
            ConformCommand.class,
            TesteeCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:what was looked at is malformed, or does not conform",
            "2:the command line or its input is not understood",
            "3:something that is needed is missing or failed"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  NO_COLOR    if set, nothing is coloured; colours go to a terminal only anyway",
            "  P2P_DEBUG   1 shows where an error came from",
            "",
            "'p2p COMMAND --help' explains a command, with examples. New here? 'p2p demo'.",
            "'p2p bench --help' explains what is measured; it is built apart, at its first start."
        })
final class P2pCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: demo, node, chat, table, ring, frame, id, conform, testee");
    }
}
