package today.p2p.live.toy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;

/** One link of the toy node: what is known of it, and its socket. Guarded by its node. */
final class ToyLink {
    private static final int COMPRESS_FROM = 256;
    private static final int COMPRESS_SAVES = 16;
    private static final int SECOND = 1_000_000_000;

    final Socket socket;
    final boolean outgoing;
    final @Nullable ToyDial dial;
    final long began = System.nanoTime();

    /** The id of the peer in the form in which it came; null while greeting. */
    @Nullable
    JsonNode peer;

    JsonNode address = ToyNode.JSON.arrayNode();
    List<Integer> listed = List.of();
    boolean closed;
    String reason = "";
    long heard = System.nanoTime();
    long begunFrame;
    boolean pinged;
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

    ToyLink(Socket socket, boolean outgoing, @Nullable ToyDial dial) throws IOException {
        this.socket = socket;
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
        try {
            if (split) {
                socket.getOutputStream().write(Arrays.copyOf(bytes, Wire.HEADER));
                Thread.sleep(2);
                bytes = Arrays.copyOfRange(bytes, Wire.HEADER, bytes.length);
            }
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            reason = "REMOTE";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // NEG-2, CMP-13.
    private Wire.Sent coded(Wire.Sent raw, List<Integer> own) {
        int size = raw.frame().length - Wire.HEADER;
        for (int codec : own) {
            if (peer != null && listed.contains(codec) && size >= COMPRESS_FROM) {
                Wire.Sent coded = Wire.squeezed(raw, codec);
                boolean pays = (size - (coded.frame().length - Wire.HEADER)) * COMPRESS_SAVES >= size;
                return pays ? coded : raw;
            }
        }
        return raw;
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
            try {
                socket.close();
            } catch (IOException e) {
                reason = why + ", and " + e;
            }
        }
    }
}
