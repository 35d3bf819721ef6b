package today.p2p.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;
import tools.jackson.databind.JsonNode;

/** The first command of the README: what this project is about, in half a minute. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows a message on its way through a frame and a broadcast on its way through three processes, then judges"
                    + " two implementations of the protocol.",
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
            say(Style.STRONG, "p2p demo: two implementations of one protocol, judged by one set of vectors");
            terminal.say("");
            frame();
            compression();
            network();
            table();
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

    private void network() {
        say(Style.STRONG, "3. Three processes are a network: what the first broadcasts reaches the others once");
        List<String> node = List.of("node");
        try (DemoNetwork network = new DemoNetwork()) {
            DemoNetwork.Member first = network.start(node, null);
            JsonNode place = first.await("listening");
            DemoNetwork.Member second = network.start(node, place.path("port").asInt());
            JsonNode relay = second.await("listening");
            second.await("connected");
            // It dials the second only: the broadcast has to be relayed, unless the first was found by then.
            DemoNetwork.Member third = network.start(node, relay.path("port").asInt());
            third.await("connected");
            first.tell("broadcast one protocol, any language");
            terminal.say("   process 1 broadcasts \"one protocol, any language\"");
            received(2, second);
            received(3, third);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.say("   the same with people: p2p chat");
        terminal.say("");
    }

    private void table() {
        say(
                Style.STRONG,
                "4. Two processes hold one table: what one puts, the other reads, and may not change for an hour");
        List<String> sync = List.of("table", "--sync");
        try (DemoNetwork network = new DemoNetwork()) {
            DemoNetwork.Member first = network.start(sync, null);
            JsonNode place = first.await("listening");
            first.tell("put colour green");
            first.await("put");
            terminal.say("   process 1 puts colour = \"green\"");
            DemoNetwork.Member second = network.start(sync, place.path("port").asInt());
            second.await("ready");
            second.tell("get colour");
            terminal.say("   process 2 joins, and reads colour = "
                    + Readable.line(second.await("get").path("value").toString()));
            // Two writes of one second are a tie, which either may win (LSE-5).
            TimeUnit.MILLISECONDS.sleep(1100);
            second.tell("put colour blue");
            String refused = second.await("failed").path("detail").asString();
            terminal.say("   process 2 puts colour = \"blue\" and is refused: "
                    + Readable.line(refused.substring(0, refused.indexOf(':') < 0 ? 0 : refused.indexOf(':'))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.say("   the same by hand: p2p table --sync");
        terminal.say("");
    }

    private void received(int number, DemoNetwork.Member member) throws InterruptedException {
        JsonNode message = member.await("message");
        terminal.say("   process " + number + " received "
                + Readable.line(message.path("values").path(0).toString()) + " from "
                + Readable.line(message.path("sender").asString()).substring(0, 8) + "...");
    }

    private int judge() {
        DemoTestees testees = DemoTestees.find();
        if (!json) {
            say(Style.STRONG, "5. Both implementations answer the test vectors");
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
