package today.p2p.shell.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Value;
import today.p2p.shell.Output;
import today.p2p.shell.chat.ChatMessage.Kind;
import today.p2p.shell.chat.ChatOutput.Look;
import today.p2p.terminal.Readable;

/**
 * A chat as a machine: typed lines and messages go in, lines and messages come out. Not thread-safe.
 */
final class Chat {
    /** Seconds between two words of presence. */
    static final long HERE_EVERY = 30;

    private static final List<String> HELP = List.of(
            "/who                who is here",
            "/msg NAME TEXT      a line for NAME alone",
            "/name NAME          be called NAME from now on",
            "/connect HOST:PORT  dial a node",
            "/quit               leave");

    private final Roster roster = new Roster();
    private final Readable readable = new Readable(400);
    private final String ownId;
    private String name;
    private boolean arriving;
    private long hereAt;

    /**
     * A chat.
     *
     * @param arriving whether it goes where others may be already, rather than waits for them
     */
    Chat(String ownId, String name, boolean arriving, long nowSeconds) {
        this.ownId = ownId;
        this.name = ChatMessage.cut(name);
        this.arriving = arriving;
        hereAt = nowSeconds + HERE_EVERY;
    }

    String name() {
        return name;
    }

    /** The person has typed a line. */
    List<ChatOutput> typed(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return List.of();
        }
        if (!text.startsWith("/") || text.startsWith("//")) {
            return say(text.startsWith("//") ? text.substring(1) : text);
        }
        String[] words = text.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "/quit", "/exit" -> List.of(new ChatOutput.Quit());
            case "/who", "/here" -> who();
            case "/name", "/nick" -> rename(rest);
            case "/msg", "/tell" -> tell(rest);
            case "/connect" -> connect(rest);
            case "/help" -> HELP.stream().<ChatOutput>map(Chat::notice).toList();
            default -> mistake("there is no " + Readable.line(words[0]) + "; /help shows what there is");
        };
    }

    /** A message came; whoever it is from is named by its id. */
    List<ChatOutput> heard(String id, List<Value> payload, long nowSeconds) {
        Optional<ChatMessage> read = ChatMessage.read(payload);
        if (read.isEmpty()) {
            String items =
                    String.join(" ", payload.stream().map(readable::value).toList());
            return List.of(new ChatOutput.Show(Look.SAID, "<" + Output.shortId(id) + "> " + items));
        }
        ChatMessage message = read.get();
        List<ChatOutput> out = new ArrayList<>();
        if (message.kind() == Kind.LEAVE) {
            roster.forget(id).ifPresent(who -> out.add(notice(shown(who) + " leaves")));
            return out;
        }
        boolean isNew = roster.hears(id, message.name(), nowSeconds);
        String who = shown(message.name());
        switch (message.kind()) {
            case JOIN -> {
                if (isNew) {
                    out.add(notice(who + " joins"));
                }
                // For all and not for the newcomer alone, who may be no peer of ours; one answers several.
                hereAt = Math.min(hereAt, nowSeconds + 1);
            }
            case SAY -> out.add(new ChatOutput.Show(Look.SAID, "<" + who + "> " + Readable.speech(message.text())));
            case PRIVATE ->
                out.add(new ChatOutput.Show(Look.PRIVATE, "<" + who + ", to you> " + Readable.speech(message.text())));
            case NAME -> out.add(notice(shown(message.text()) + " is now called " + who));
            case HERE -> {
                if (isNew) {
                    out.add(notice(who + " is here"));
                }
            }
            case LEAVE -> {}
        }
        return out;
    }

    /** There is a link to one more node. */
    List<ChatOutput> linked() {
        Kind kind = arriving ? Kind.JOIN : Kind.HERE;
        arriving = false;
        return List.of(new ChatOutput.ToAll(message(kind, "")));
    }

    /** To be called about every second. */
    List<ChatOutput> tick(long nowSeconds) {
        List<ChatOutput> out = new ArrayList<>();
        roster.expire(nowSeconds).forEach(who -> out.add(notice(shown(who) + " is gone")));
        if (nowSeconds >= hereAt) {
            hereAt = nowSeconds + HERE_EVERY;
            out.add(new ChatOutput.ToAll(message(Kind.HERE, "")));
        }
        return out;
    }

    /** The last word. */
    ChatMessage leave() {
        return message(Kind.LEAVE, "");
    }

    private List<ChatOutput> say(String text) {
        return List.of(
                new ChatOutput.Show(Look.SAID, "<" + shown(name) + "> " + Readable.speech(text)),
                new ChatOutput.ToAll(message(Kind.SAY, text)));
    }

    private List<ChatOutput> connect(String address) {
        arriving |= roster.names().isEmpty();
        return address.isEmpty() ? mistake("/connect HOST:PORT") : List.of(new ChatOutput.Connect(address));
    }

    private List<ChatOutput> who() {
        List<ChatOutput> out = new ArrayList<>();
        out.add(notice(shown(name) + " (you, " + Output.shortId(ownId) + ")"));
        roster.names().forEach((id, who) -> out.add(notice(shown(who) + " (" + Output.shortId(id) + ")")));
        return out;
    }

    private List<ChatOutput> rename(String wanted) {
        String next = ChatMessage.cut(wanted);
        if (next.isEmpty() || next.contains(" ")) {
            return mistake("/name NAME, in one word of at most " + ChatMessage.MAX_NAME + " characters");
        }
        String old = name;
        name = next;
        return List.of(
                notice("you are now called " + shown(next)),
                new ChatOutput.ToAll(new ChatMessage(Kind.NAME, next, old)));
    }

    private List<ChatOutput> tell(String rest) {
        String[] words = rest.split("\\s+", 2);
        if (words.length < 2) {
            return mistake("/msg NAME TEXT");
        }
        List<String> ids = roster.ids(words[0]);
        if (ids.isEmpty()) {
            return mistake("nobody here is called " + Readable.line(words[0]) + "; /who shows who is here");
        }
        if (ids.size() > 1) {
            return mistake(ids.size() + " people here are called " + Readable.line(words[0])
                    + "; one of them may take another /name");
        }
        return List.of(
                new ChatOutput.Show(Look.PRIVATE, "<you, to " + shown(words[0]) + "> " + Readable.speech(words[1])),
                new ChatOutput.ToOne(ids.get(0), message(Kind.PRIVATE, words[1])));
    }

    private ChatMessage message(Kind kind, String text) {
        return new ChatMessage(kind, name, text);
    }

    private static ChatOutput.Show notice(String line) {
        return new ChatOutput.Show(Look.NOTICE, "* " + line);
    }

    private static List<ChatOutput> mistake(String line) {
        return List.of(new ChatOutput.Show(Look.MISTAKE, line));
    }

    private static String shown(String name) {
        return Readable.line(ChatMessage.cut(name));
    }
}
