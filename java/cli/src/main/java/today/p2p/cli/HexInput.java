package today.p2p.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import today.p2p.msgpack.Bytes;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.Terminal;

/** The bytes that a command is to look at: from its words, from a file, or from standard input. */
final class HexInput {
    /** More than this is not looked at by hand. */
    private static final int MOST = 1 << 28;

    private HexInput() {}

    /**
     * Reads the input.
     *
     * @param words hex digits in one or more words, or the name of a file, or {@code -} for standard input;
     *     none means standard input
     * @param binary whether file or standard input hold the bytes themselves and not their hex digits
     */
    static Bytes read(List<String> words, boolean binary, Terminal terminal) {
        if (words.isEmpty() || words.equals(List.of("-"))) {
            if (words.isEmpty() && terminal.interactive()) {
                terminal.err().println("(reading hex from the terminal; Ctrl-D ends it)");
                terminal.err().flush();
            }
            return bytes(all(terminal.in()), binary);
        }
        if (words.size() == 1 && isFile(words.get(0))) {
            return bytes(file(Path.of(words.get(0))), binary);
        }
        if (binary) {
            throw Complaint.usage("there is no file " + words.get(0) + " (--binary reads a file or standard input)");
        }
        String joined = String.join(" ", words);
        if (words.size() == 1 && joined.matches(".*[./].*")) {
            boolean isFolder = Files.isDirectory(Path.of(joined));
            throw Complaint.missing(isFolder ? joined + " is a folder" : "there is no file " + joined);
        }
        return parse(joined);
    }

    /** Hex digits, white space between them ignored, one leading 0x allowed. */
    static Bytes parse(String text) {
        byte[] bytes = new byte[text.length() / 2 + 1];
        int digits = 0;
        for (int at = text.stripLeading().startsWith("0x") ? text.indexOf("0x") + 2 : 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw notHex(text, at);
            }
            bytes[digits / 2] = (byte) (bytes[digits / 2] << 4 | digit);
            digits++;
        }
        if (digits == 0) {
            throw Complaint.usage("there is no input: give hex digits, a file, or either on standard input");
        }
        if (digits % 2 != 0) {
            throw Complaint.usage("an odd number of hex digits, " + digits + ": half a byte is missing");
        }
        return Bytes.copyOf(bytes, 0, digits / 2);
    }

    private static Complaint notHex(String text, int at) {
        int point = text.codePointAt(at);
        String what =
                "not hex at character " + (text.codePointCount(0, at) + 1) + ": '" + Character.toString(point) + "'";
        boolean raw = point < 9 || point == 0xfffd;
        return Complaint.usage(raw ? what + " (are these the bytes themselves? then say --binary)" : what);
    }

    private static boolean isFile(String word) {
        try {
            return Files.isRegularFile(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Bytes bytes(byte[] content, boolean binary) {
        return binary ? Bytes.of(content) : parse(new String(content, StandardCharsets.UTF_8));
    }

    private static byte[] file(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return all(in);
        } catch (IOException e) {
            throw Complaint.missing("cannot read " + path + ": " + e.getMessage());
        }
    }

    private static byte[] all(InputStream in) {
        try {
            byte[] content = in.readNBytes(MOST + 1);
            if (content.length > MOST) {
                throw Complaint.usage("the input is longer than " + MOST + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw Complaint.missing("cannot read standard input: " + e.getMessage());
        }
    }
}
