package today.p2p.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete this program's words. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script with which bash and zsh complete the words of this program.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(p2p completion)    in bash; in zsh after: autoload -U bashcompinit; bashcompinit",
            "  p2p completion > ~/.local/share/bash-completion/completions/p2p"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("p2p", spec.root().commandLine()));
    }
}
