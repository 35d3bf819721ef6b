package today.p2p.live.toy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;

/** One link of the toy node: what is known of it, and its socket. Guarded by its node. */
final class ToyLink {
    private static final int COMPRESS_FROM = 256;
    private static final int COMPRESS_SAVES = 16;
    private static final int SECOND = 1_000_000_000;
    private static final int UNIT = 8;
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};
    /** How long the headers of zlib and gzip are. */
    private static final Map<Integer, Integer> DEFLATE_FROM = Map.of(19, 2, 17, 10);

    private static final List<String> AT_ONCE = List.of("LIMIT", "SLOW", "REMOTE", "REFUSED");

    final Socket socket;
    final boolean outgoing;
    final @Nullable ToyDial dial;
    final long began = System.nanoTime();
    final ToyOutbox outbox;
    final ToyBounds.Bucket messages;
    final InputStream in;
    private final ToyNode node;

    /** The id of the peer in the form in which it came; null while greeting. */
    @Nullable
    JsonNode peer;

    JsonNode address = ToyNode.JSON.arrayNode();
    List<Integer> listed = List.of();
    boolean closed;
    String reason = "";
    long heard = System.nanoTime();
    long begunFrame;
    /** How much of a frame that is not whole is here, and was when it began. */
    long kept;

    long begunWith;
    boolean waitsForTurn;
    long pingedAt = System.nanoTime();
    boolean hasPonged;
    boolean waits;
    long unhandled;
    long greetAgainAt;
    Elder elder = Elder.NONE;
    boolean waitsForEntries;

    private Wire.@Nullable Sent last;
    private long pongs = Long.MIN_VALUE;
    private long resends = Long.MIN_VALUE;
    private long lists = Long.MIN_VALUE;

    /** Which of the living implementations the peer is taken for (SYN-19). */
    enum Elder {
        JS2P,
        PY2P,
        NONE
    }

    /** Why the node dialled: for a call of the application, or for a request. */
    record ToyDial(int call, @Nullable String request) {}

    /** A link that came, of whose bytes some were looked at already. */
    ToyLink(ToyNode node, Socket socket, InputStream in) throws IOException {
        this(node, socket, in, false, null);
    }

    ToyLink(ToyNode node, Socket socket, boolean outgoing, @Nullable ToyDial dial) throws IOException {
        this(node, socket, socket.getInputStream(), outgoing, dial);
    }

    private ToyLink(ToyNode node, Socket socket, InputStream in, boolean outgoing, @Nullable ToyDial dial)
            throws IOException {
        this.node = node;
        this.in = in;
        this.socket = socket;
        outbox = new ToyOutbox(socket);
        messages = node.bounds().messages();
        this.outgoing = outgoing;
        this.dial = dial;
        socket.setTcpNoDelay(true);
    }

    boolean isOpen() {
        return peer != null && !closed;
    }

    /** The id of the peer as text; empty while greeting. */
    String id() {
        String text = peer == null ? null : Wire.text(peer);
        return text == null ? "" : text;
    }

    int port() {
        return address.path(1).asInt(0);
    }

    /** Sends a frame, coded if the peer reads one of these codecs and it pays. */
    void send(Wire.Sent raw, List<Integer> own, boolean repeatable, boolean split) {
        if (closed) {
            return;
        }
        if (repeatable) {
            last = raw;
        }
        byte[] bytes = coded(raw, own).frame();
        boolean isLarge = bytes.length > node.bounds().mostOfLink() && node.is(ToyDefect.LARGE_FRAMES_REFUSED);
        if (isLarge
                || !node.bounds().mayWait(this, bytes.length)
                || !outbox.add(bytes, node.bounds().mostOfLink(), split)) {
            close("LIMIT");
        }
    }

    // NEG-2, CMP-13.
    private Wire.Sent coded(Wire.Sent raw, List<Integer> own) {
        int size = raw.frame().length - Wire.HEADER;
        boolean isWrong =
                elder == Elder.PY2P ? node.is(ToyDefect.ODD_FRAMES_FOR_PY2P) : node.is(ToyDefect.RAW_FOR_JS2P);
        if (elder != Elder.NONE && !isWrong) {
            for (int codec : own) {
                if (DEFLATE_FROM.containsKey(codec) && listed.contains(codec)) {
                    return even(Wire.squeezed(raw, codec), DEFLATE_FROM.get(codec));
                }
            }
        }
        for (int codec : own) {
            if (peer != null && listed.contains(codec) && size >= COMPRESS_FROM) {
                Wire.Sent coded = Wire.squeezed(raw, codec);
                boolean pays = (size - (coded.frame().length - Wire.HEADER)) * COMPRESS_SAVES >= size;
                return pays ? coded : raw;
            }
        }
        return raw;
    }

    // LNK-34; for LNK-36 any length does.
    private static Wire.Sent even(Wire.Sent coded, int from) {
        byte[] frame = coded.frame();
        int blocks = 0;
        while ((frame.length + blocks * EMPTY_BLOCK.length) % UNIT != 0) {
            blocks++;
        }
        ByteBuffer even = ByteBuffer.allocate(frame.length + blocks * EMPTY_BLOCK.length);
        even.putInt(even.capacity() - Wire.HEADER).put(frame, Wire.HEADER, from);
        for (; blocks > 0; blocks--) {
            even.put(EMPTY_BLOCK);
        }
        even.put(frame, Wire.HEADER + from, frame.length - Wire.HEADER - from);
        return new Wire.Sent(even.array(), coded.id());
    }

    Wire.@Nullable Sent last() {
        return last;
    }

    boolean mayPong() {
        boolean may = isDue(pongs);
        pongs = may ? System.nanoTime() : pongs;
        return may;
    }

    boolean mayResend() {
        boolean may = isDue(resends);
        resends = may ? System.nanoTime() : resends;
        return may;
    }

    boolean mayList() {
        boolean may = isDue(lists);
        lists = may ? System.nanoTime() : lists;
        return may;
    }

    private static boolean isDue(long before) {
        return before == Long.MIN_VALUE || System.nanoTime() - before >= SECOND;
    }

    void close(String why) {
        if (!closed) {
            closed = true;
            reason = why;
            // Before the peer can see the end and come again (MSH-26).
            node.entrance().ended(this);
            try {
                outbox.end(AT_ONCE.contains(why));
            } catch (IOException e) {
                reason = why + ", and " + e;
            }
        }
    }
}
