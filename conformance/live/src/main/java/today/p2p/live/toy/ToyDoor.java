package today.p2p.live.toy;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Tls;

/** Who may come in to the toy, and with what encryption (MSH-6, MSH-26, SUB-2). Guarded by its node, but for what encrypts. */
final class ToyDoor {
    private static final int TLS_RECORD = 0x16;
    private static final List<String> NO_FAULTS = List.of("LOCAL", "REMOTE", "DUPLICATE", "REFUSED");

    private final ToyNode node;
    private final ToyBounds bounds;
    private final boolean encrypted;
    private final Map<String, Long> clearAt = new HashMap<>();

    ToyDoor(ToyNode node, ToyBounds bounds, boolean encrypted) {
        this.node = node;
        this.bounds = bounds;
        this.encrypted = encrypted;
    }

    /** A connection that came, or was dialled, as the network wants it. */
    ToyLink link(Socket socket, boolean outgoing, ToyLink.@Nullable ToyDial dial) throws IOException {
        if (encrypted && outgoing) {
            return new ToyLink(node, Tls.client(socket), outgoing, dial);
        } else if (encrypted && node.is(ToyDefect.TAKES_PLAIN)) {
            int first = socket.getInputStream().read();
            if (first != TLS_RECORD) {
                PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
                if (first >= 0) {
                    in.unread(first);
                }
                return new ToyLink(node, socket, in);
            }
            return new ToyLink(node, Tls.server(socket, (byte) first), outgoing, dial);
        }
        return new ToyLink(node, encrypted ? Tls.server(socket) : socket, outgoing, dial);
    }

    // MSH-26.
    boolean isShunned(Socket socket) {
        long forget = node.timers.forget();
        long full = bounds.limit("max-faults", 8) * forget;
        Long at = clearAt.get(node.is(ToyDefect.SHUNS_EVERYBODY) ? "" : host(socket));
        return at != null && at - System.nanoTime() > full - forget && !node.is(ToyDefect.SHUNS_NOBODY);
    }

    // MSH-6.
    boolean isFull(ToyLink link) {
        long greeting = node.links.stream()
                .filter(other -> !other.outgoing && other.peer == null)
                .count();
        long same = node.links.stream()
                .filter(other -> !other.outgoing && host(other.socket).equals(host(link.socket)))
                .count();
        boolean many = node.links.size() >= bounds.limit("max-links", 1024) && !node.is(ToyDefect.LINKS_UNCOUNTED);
        boolean ofOne =
                same >= bounds.limit("max-links-per-address", 64) && !node.is(ToyDefect.LINKS_OF_ADDRESS_UNCOUNTED);
        boolean strangers = greeting >= bounds.limit("max-handshakes", 64) && !node.is(ToyDefect.STRANGERS_UNCOUNTED);
        return many || ofOne || strangers;
    }

    /** A link is over. */
    void ended(ToyLink link) {
        boolean isFault = !NO_FAULTS.contains(link.reason)
                || node.is(ToyDefect.REFUSALS_ARE_FAULTS) && link.reason.equals("REFUSED")
                || node.is(ToyDefect.DUPLICATES_ARE_FAULTS) && link.reason.equals("DUPLICATE");
        if (link.outgoing || !isFault) {
            return;
        }
        long now = System.nanoTime();
        long forget = node.timers.forget();
        long full = bounds.limit("max-faults", 8) * forget;
        for (String host : List.of(host(link.socket), "")) {
            long before = Math.max(0, clearAt.getOrDefault(host, now) - now);
            long next =
                    node.is(ToyDefect.FAULTS_NEVER_FORGOTTEN) ? Long.MAX_VALUE / 4 : Math.min(full, before + forget);
            clearAt.put(host, now + next);
        }
    }

    private static String host(Socket socket) {
        return String.valueOf(socket.getInetAddress());
    }
}
