package today.p2p.shell.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import today.p2p.msgpack.Value;

/**
 * What chats tell each other: the payload {@code ["p2p-chat", kind, name, text]} of a broadcast, or of a whisper when
 * it is {@link Kind#PRIVATE}. Nodes that know nothing of chats see a list of four texts.
 *
 * @param name of who says it, as that one chose it
 * @param text empty but for {@link Kind#SAY}, {@link Kind#PRIVATE} and {@link Kind#NAME}, where it is the old name
 */
record ChatMessage(Kind kind, String name, String text) {
    /** Characters of a name; longer ones are cut. */
    static final int MAX_NAME = 24;

    private static final String MARK = "p2p-chat";
    private static final int ITEMS = 4;

    /** Each is sent as its name in lower case. */
    enum Kind {
        /** Somebody has come. Whoever hears it answers {@link #HERE}. */
        JOIN,
        /** Somebody is here: after a newcomer has come, and from time to time. */
        HERE,
        /** A line for all. */
        SAY,
        /** A line for one. */
        PRIVATE,
        /** Somebody has another name. */
        NAME,
        /** Somebody goes. */
        LEAVE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The message that a payload is; empty when it is none of a chat. */
    static Optional<ChatMessage> read(List<Value> payload) {
        if (payload.size() != ITEMS || !payload.stream().allMatch(ChatMessage::isText)) {
            return Optional.empty();
        }
        if (!text(payload.get(0)).equals(MARK)) {
            return Optional.empty();
        }
        String name = text(payload.get(2)).strip();
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(text(payload.get(1))) && !name.isEmpty()) {
                return Optional.of(new ChatMessage(kind, cut(name), text(payload.get(3))));
            }
        }
        return Optional.empty();
    }

    List<Value> payload() {
        return List.of(Value.of(MARK), Value.of(kind.word()), Value.of(name), Value.of(text));
    }

    /** The name as it may be chosen: in one word, not too long. */
    static String cut(String name) {
        String stripped = name.strip().replaceAll("\\s+", "_");
        int most = stripped.codePointCount(0, stripped.length());
        return most <= MAX_NAME ? stripped : stripped.substring(0, stripped.offsetByCodePoints(0, MAX_NAME));
    }

    private static boolean isText(Value value) {
        return value instanceof Value.ByteString text && text.bytes().isUtf8();
    }

    private static String text(Value value) {
        return ((Value.ByteString) value).bytes().utf8();
    }
}
