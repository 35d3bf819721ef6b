package today.p2p.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;
import today.p2p.testee.TesteeMain;

/** The reference implementation as a testee. */
@Command(
        name = "testee",
        mixinStandardHelpOptions = true,
        description = {
            "Plays the testee: answers the requests of a conformance runner with the Java implementation.",
            "",
            "Reads one JSON object a line from standard input and answers each with one line on standard"
                    + " output, until 'bye' or the end of the input. protocol-spec/testee-protocol.md lists the"
                    + " operations."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:after 'bye' or the end of the input", "3:standard input or output failed"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  p2p conform --testee './p2p testee'",
            "  echo '{\"id\":1,\"op\":\"base58.encode\",\"in\":{\"int\":\"57\"}}' | p2p testee"
        })
final class TesteeCommand implements Callable<Integer> {
    private final Terminal terminal;

    TesteeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            TesteeMain.run(terminal.in(), System.out);
            return ExitCode.OK;
        } catch (IOException e) {
            throw Complaint.missing("standard input or output failed: " + e.getMessage());
        }
    }
}
