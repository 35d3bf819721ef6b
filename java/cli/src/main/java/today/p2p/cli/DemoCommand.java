package today.p2p.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import today.p2p.codecs.Codecs;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;

/** The first command of the README: what this project is about, in half a minute. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a message on its way through a frame, a broadcast on its way through three processes, a table that two"
                    + " hold and one that four share while one of them is killed; then judges two implementations of"
                    + " the protocol.",
            "",
            "The Java and the Python implementation answer the test vectors; the result is a page that shows, for"
                    + " each clause of the specification and each case, what was asked, expected and answered, byte"
                    + " by byte.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:both implementations conform",
            "1:one does not",
            "3:something is missing, such as Python: the rest was shown"
        },
        footerHeading = "%nExamples:%n",
        footer = "  p2p demo")
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the results of the judgement as JSON, and nothing else.")
    private boolean json;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!json) {
            say(
                    Style.STRONG,
                    "p2p demo: frames, networks and tables of one protocol, and two implementations judged by it");
            terminal.say("");
            frame();
            compression();
            networks();
        }
        int judged = judge();
        if (!json) {
            terminal.say("");
            terminal.say(
                    "Next: 'p2p frame --help' looks into your own bytes; 'p2p conform explain ID' explains a case;");
            terminal.say("      README.md says how to write an implementation in your language.");
        }
        return judged;
    }

    private void frame() {
        say(Style.STRONG, "1. A message becomes a frame, and a frame a message");
        terminal.say("   A whisper (type 2) of node \"me\", packed and hashed; its hash is its id.");
        terminal.say("");
        List<Value> payload =
                List.of(Value.of(2), Value.of("hello, other language"), Value.array(Value.of(1), Value.nil()));
        Bytes frame = packed(payload).frameFor(null);
        Dissection.all(frame, List.of(), Limits.DEFAULT)
                .forEach(found -> new FrameText(terminal, false).print(1, found));
    }

    private void compression() {
        say(Style.STRONG, "2. A longer one is compressed, with a codec that both sides of a link listed");
        PackedMessage packed =
                packed(List.of(Value.of(2), Value.of("All work and no play makes Jack a dull boy. ".repeat(40))));
        int raw = packed.frameFor(null).length();
        terminal.say("   %-7s %5d bytes".formatted("raw", raw));
        for (Codec codec : Codecs.available()) {
            int coded = packed.frameFor(codec).length();
            terminal.say("   %-7s %5d bytes, %d %%".formatted(codec.name(), coded, 100 * coded / raw));
        }
        terminal.say("");
    }

    private static PackedMessage packed(List<Value> payload) {
        return PackedMessage.of(new Message(2, Value.of("me"), 1_500_000_000L, payload), Limits.DEFAULT);
    }

    private void networks() {
        DemoNetwork networks = new DemoNetwork(terminal);
        try {
            networks.broadcast();
            networks.syncTable();
            networks.chordTable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int judge() {
        DemoTestees testees = DemoTestees.find();
        if (!json) {
            say(Style.STRONG, "6. Both implementations answer the test vectors");
            testees.arguments().forEach(argument -> terminal.say("   " + argument));
            terminal.say("");
        }
        testees.problem().ifPresent(why -> terminal.err().println("p2p demo: " + why));
        terminal.out().flush();
        terminal.err().flush();
        CommandLine conform = Objects.requireNonNull(spec.root().subcommands().get("conform"));
        int status = conform.execute(testees.conformArguments(json).toArray(String[]::new));
        return status == ExitCode.OK && testees.problem().isPresent() ? ExitCode.INFRASTRUCTURE : status;
    }

    private void say(Style style, String line) {
        terminal.say(terminal.paint(style, line));
    }
}
