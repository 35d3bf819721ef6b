package today.p2p.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import today.p2p.Message;

/** The messages that came: each is handed out once, and can be replied to from then on. */
final class Inbox {
    private final List<Message> unread = new ArrayList<>();
    private final Map<String, Message> read = new HashMap<>();

    synchronized void add(Message message) {
        unread.add(message);
    }

    synchronized List<Message> take() {
        List<Message> taken = List.copyOf(unread);
        taken.forEach(message -> read.put(message.id().hex(), message));
        unread.clear();
        return taken;
    }

    synchronized Optional<Message> find(String id) {
        return Optional.ofNullable(read.get(id));
    }
}
