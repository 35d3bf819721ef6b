package today.p2p.cli;

import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Frame;
import today.p2p.serializer.Message;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;

/** Prints what was found in frames, for a person. */
final class FrameText {
    private static final int FEW = 200;
    private static final int DEEPEST_INDENT = 16;

    private final Terminal terminal;
    private final boolean full;
    private final Readable readable;

    FrameText(Terminal terminal, boolean full) {
        this.terminal = terminal;
        this.full = full;
        this.readable = new Readable(full ? Integer.MAX_VALUE : FEW);
    }

    void print(int number, Dissection dissection) {
        String title = "frame " + number + ", "
                + Readable.count(dissection.bytes().length(), "byte") + " at " + dissection.at();
        terminal.say(terminal.paint(Style.STRONG, title));
        if (dissection.error().isPresent()) {
            error(dissection, dissection.error().get());
        }
        header(dissection);
        Frame frame = dissection.frame();
        if (frame != null) {
            message(frame.message());
        }
        terminal.say("");
        hex(dissection);
        terminal.say("");
    }

    private void field(String name, String content) {
        terminal.say(String.format("  %-9s %s", name, content));
    }

    private void header(Dissection dissection) {
        if (dissection.announced() >= 0) {
            field("length", dissection.announced() + dissection.shortage());
        }
        Optional<PlainText> plain = dissection.plain();
        if (plain.isEmpty()) {
            return;
        }
        String codec = plain.get()
                .codec()
                .map(c -> "%s (0x%02x), %d bytes inflate to %d"
                        .formatted(
                                c.name(),
                                c.code(),
                                dissection.announced(),
                                plain.get().bytes().length()))
                .orElse("raw");
        field("codec", codec);
        boolean holds = plain.get().checksumHolds();
        String verdict = holds ? terminal.paint(Style.GOOD, "ok") : terminal.paint(Style.BAD, "wrong");
        field("checksum", plain.get().checksum().hex() + " " + verdict);
        if (!holds) {
            field("", plain.get().bare().sha256().hex() + " would be right");
            CodecNames.beginning(dissection
                            .bytes()
                            .slice(Dissection.HEADER, dissection.bytes().length()))
                    .ifPresent(name -> field("", "the body begins as one of " + name + " does; is it in --codecs?"));
        }
    }

    private void message(Message message) {
        field("type", message.type() + " " + Readable.typeName(message.type()));
        field("sender", readable.value(message.sender()) + "  " + Readable.kind(message.sender()));
        field("time", message.time() + " " + Readable.moment(message.time()));
        field(
                "sub-flag",
                message.subFlag()
                        .map(flag -> flag + " " + Readable.subFlagName(flag))
                        .orElse("none: a link refuses this message (MSG-7)"));
        List<Value> payload = message.payload();
        int shown = full ? payload.size() : Math.min(payload.size(), FEW);
        for (int index = message.subFlag().isPresent() ? 1 : 0; index < shown; index++) {
            Value item = payload.get(index);
            field("payload", "[" + index + "] " + readable.value(item) + "  " + Readable.kind(item));
        }
        if (shown < payload.size()) {
            field("", "... " + Readable.count(payload.size() - shown, "more item") + "; --full shows all");
        }
    }

    private void error(Dissection dissection, Malformed error) {
        ErrorMeanings.Row row = ErrorMeanings.of(error.code(), dissection.space());
        field(
                "malformed",
                terminal.paint(Style.BAD, error.code().name()) + ": " + row.meaning() + " (" + row.clause() + ")");
        field("", Readable.line(error.detail()));
        String coded = dissection.plain().isEmpty() && dissection.space() == Dissection.Space.PLAIN_TEXT
                ? "body, which does not inflate"
                : dissection.space().words();
        field("", "at byte " + error.offset() + " of the " + coded + ":");
        HexLines.caret(dissection.spaceBytes(), error.offset()).forEach(line -> terminal.say("    " + line));
    }

    private void hex(Dissection dissection) {
        Bytes bytes = dissection.bytes();
        Optional<PlainText> plain = dissection.plain();
        int header = Math.min(Dissection.HEADER, bytes.length());
        // Behind the place where a check failed the bytes mean nothing.
        boolean inMessage = dissection.error().isPresent() && dissection.space() == Dissection.Space.MESSAGE;
        int last = inMessage ? dissection.error().get().offset() : Integer.MAX_VALUE;
        show(bytes, 0, header, "length " + (dissection.announced() < 0 ? "cut off" : dissection.announced()));
        if (plain.isEmpty()) {
            show(bytes, header, bytes.length(), "body");
            return;
        }
        if (plain.get().codec().isPresent()) {
            show(
                    bytes,
                    header,
                    bytes.length(),
                    "body, " + plain.get().codec().get().name());
            terminal.say("  inflated:");
            plainText(plain.get().bytes(), 0, last);
        } else {
            plainText(bytes, Dissection.HEADER, last);
        }
    }

    /** The plain text that begins at {@code start} of {@code bytes}. */
    private void plainText(Bytes bytes, int start, int last) {
        int bareAt = Math.min(bytes.length(), start + Dissection.CHECKSUM);
        show(bytes, start, bareAt, "checksum, the message id");
        Layout layout = Layout.of(bytes.slice(bareAt, bytes.length()), full ? Integer.MAX_VALUE : FEW, last);
        for (Layout.Note note : layout.notes()) {
            String text = "  ".repeat(Math.min(note.depth(), DEEPEST_INDENT)) + note.place() + ": " + note.what();
            show(bytes, bareAt + note.start(), bareAt + note.end(), text);
        }
        boolean more = layout.notes().size() == FEW && !full;
        show(bytes, bareAt + layout.end(), bytes.length(), more ? "more items; --full shows all" : "not read");
    }

    private void show(Bytes bytes, int from, int to, String note) {
        HexLines.noted(bytes, from, to, note, full)
                .forEach(line ->
                        terminal.say("  " + terminal.paint(Style.FAINT, line.substring(0, 6)) + line.substring(6)));
    }
}
