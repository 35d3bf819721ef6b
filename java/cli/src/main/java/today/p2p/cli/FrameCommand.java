package today.p2p.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import today.p2p.serializer.Limits;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;

/** Looks into frames, or makes one. */
@Command(
        name = "frame",
        mixinStandardHelpOptions = true,
        description = {
            "Looks into frames: length, codec, checksum, message, and what each byte says.",
            "",
            "The input may hold several frames, as a link carries them. Each is judged alone; of a malformed one"
                    + " you see the error code, what it means, the clause of the specification, and the byte at"
                    + " which the check failed. With --encode it makes a frame instead.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all frames are good",
            "1:a frame is malformed, or the message cannot be encoded",
            "2:the input is neither hex nor a file, or the options are wrong",
            "3:the input cannot be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  p2p frame 0000002b b1c7...                frame in hex, spaces do not matter",
            "  p2p frame capture.hex                     hex digits in a file",
            "  p2p frame --binary < capture.bin          the bytes themselves",
            "  p2p frame --codecs zlib,gzip capture.hex  as a link that agreed on these alone",
            "  p2p frame --encode '{\"type\":2,\"sender\":\"me\",\"time\":0,\"payload\":[2,\"hi\"]}' | p2p frame",
            "",
            "Values in JSON, with --json and --encode, are written as the testee protocol says:",
            "{\"$bin\":\"00ff\"} is binary, {\"$f64\":\"3ff8000000000000\"} a float, {\"$int\":\"18446744073709551615\"} an"
                    + " integer too large for JSON."
        })
final class FrameCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = "Hex digits in one or more words, or a file, or - for standard input (the default).")
    private List<String> words = new ArrayList<>();

    @Option(names = "--binary", description = "File or standard input hold the bytes themselves, not hex digits.")
    private boolean binary;

    @Option(
            names = "--codecs",
            paramLabel = "LIST",
            description = "Names or numbers of the codecs that the link agreed on, such as zlib,0x11; or all (the"
                    + " default), or none. Raw is always read.")
    private String codecs = "all";

    @Option(names = "--full", description = "Show all of long values and long frames.")
    private boolean full;

    @Option(
            names = "--encode",
            paramLabel = "JSON",
            description = "Print the frame of this message: an object with type, sender, time, payload and, if you"
                    + " like, codec (a name or number; used where it pays).")
    private @Nullable String encode;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    FrameCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (encode != null) {
            if (!words.isEmpty() || binary) {
                throw Complaint.usage("--encode takes its message from its own argument and no other input");
            }
            return new FrameMaking(terminal, json).make(encode);
        }
        List<Dissection> found =
                Dissection.all(HexInput.read(words, binary, terminal), CodecNames.parse(codecs), Limits.DEFAULT);
        if (json) {
            terminal.say(FrameJson.of(found));
        } else {
            FrameText text = new FrameText(terminal, full);
            for (int index = 0; index < found.size() && !terminal.out().checkError(); index++) {
                text.print(index + 1, found.get(index));
            }
        }
        boolean good = found.stream().allMatch(dissection -> dissection.frame() != null);
        return good ? ExitCode.OK : ExitCode.MALFORMED;
    }
}
