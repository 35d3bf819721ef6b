package today.p2p.cli;

import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import today.p2p.ids.AddressText;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.ids.Parsed;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Computes ids and converts base58. */
@Command(
        name = "id",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Computes protocol ids and node ids, and converts base58.", ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:the text is not base58, or the number is out of range",
            "2:the command line is not understood"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  p2p id protocol --subnet mesh",
            "  p2p id protocol --subnet sync --leasing --encryption SSL",
            "  p2p id node --host ::1 --port 4444 --protocol-id EpAmyZWv9rZUKmjQgU3FTUD4GrJHvVEXizmghVBc8eGD",
            "  p2p id decode 9Y3caccweqNU",
            "  p2p id encode 0x10ff"
        })
final class IdCommand implements Runnable {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    IdCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: protocol, node, encode, decode");
    }

    @Command(
            name = "protocol",
            mixinStandardHelpOptions = true,
            description = "The protocol id of a network (SUB-1): base58 of SHA-256 of subnet, encryption and version.")
    int protocol(
            @Option(names = "--subnet", required = true, paramLabel = "TEXT", description = "Name of the network.")
                    String subnet,
            @Option(
                            names = "--encryption",
                            defaultValue = "Plaintext",
                            paramLabel = "LABEL",
                            description = "Plaintext (the default) or SSL.")
                    String encryption,
            @Option(
                            names = "--leasing",
                            negatable = true,
                            description = "For a Sync Table, with leasing or (--no-leasing) without: SUB-3.")
                    @Nullable
                    Boolean leasing,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        String name = leasing == null ? subnet : ProtocolId.syncSubnet(subnet, leasing);
        return print(json, ProtocolId.of(name, encryption).text(), "id");
    }

    @Command(
            name = "node",
            mixinStandardHelpOptions = true,
            description = "The id of a node (NID-1): base58 of SHA-384 of address, protocol id and salt.")
    int node(
            @Option(
                            names = "--address",
                            paramLabel = "TEXT",
                            description = "The exact text that is hashed, such as ('127.0.0.1', 4444).")
                    @Nullable
                    String address,
            @Option(names = "--host", paramLabel = "HOST", description = "Or the host, and --port: NID-2.") @Nullable
                    String host,
            @Option(names = "--port", paramLabel = "PORT", description = "1 to 65535.") @Nullable Integer port,
            @Option(
                            names = "--protocol-id",
                            required = true,
                            paramLabel = "ID",
                            description = "As p2p id protocol prints it.")
                    String protocolId,
            @Option(names = "--salt", paramLabel = "TEXT", description = "A new random UUID by default (NID-3).")
                    @Nullable
                    String salt,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        String text = addressText(address, host, port);
        String used = salt == null ? UUID.randomUUID().toString() : salt;
        String id =
                NodeId.of(text, new ProtocolId(Bytes.ofUtf8(protocolId)), used).text();
        if (json) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            return print(
                    node.put("id", id).put("address", text).put("salt", used).toString());
        }
        return print(id);
    }

    @Command(name = "encode", mixinStandardHelpOptions = true, description = "Writes a number in base58.")
    int encode(
            @Parameters(paramLabel = "NUMBER", description = "Decimal, or hex with 0x.") String number,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        try {
            return print(json, Base58.write(number(number)), "base58");
        } catch (NotEncodableException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "decode",
            mixinStandardHelpOptions = true,
            description = "Reads base58, such as an id: prints the number, decimal and in hex.")
    int decode(
            @Parameters(paramLabel = "BASE58", description = "The text.") String text,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Parsed<BigInteger> parsed = Base58.read(text);
        if (parsed.malformed().isPresent()) {
            Malformed why = parsed.malformed().get();
            boolean digit = why.code() == ErrorCode.BASE58 && why.offset() < text.length();
            String where = digit ? ", character " + (why.offset() + 1) + ": '" + text.charAt(why.offset()) + "'" : "";
            return refuse(why.code() + ": " + why.detail() + where);
        }
        BigInteger number = parsed.value().orElseThrow();
        if (json) {
            return print(JsonMapper.shared()
                    .createObjectNode()
                    .put("int", number.toString())
                    .put("hex", number.toString(16))
                    .toString());
        }
        print(number.toString());
        return print("0x" + number.toString(16));
    }

    private static String addressText(@Nullable String address, @Nullable String host, @Nullable Integer port) {
        if (address != null && host == null && port == null) {
            return address;
        }
        if (address != null || host == null || port == null) {
            throw Complaint.usage("say either --address, or --host and --port");
        }
        if (port < 1 || port > 65535) {
            throw Complaint.usage("port " + port + " is not in 1..65535");
        }
        return AddressText.QUOTED.of(host, port);
    }

    private static BigInteger number(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        try {
            if (text.length() > 1000) {
                throw Complaint.usage("a number of " + text.length() + " digits is beyond 2^512");
            }
            return hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        } catch (NumberFormatException e) {
            throw Complaint.usage("not a number: '" + text + "' (decimal, or hex with 0x)");
        }
    }

    private int print(boolean json, String value, String name) {
        return print(
                json ? JsonMapper.shared().createObjectNode().put(name, value).toString() : value);
    }

    private int print(String line) {
        terminal.say(line);
        return ExitCode.OK;
    }

    private int refuse(String why) {
        terminal.err().println("p2p id: " + Readable.line(why));
        return ExitCode.MALFORMED;
    }
}
