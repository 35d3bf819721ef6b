package today.p2p.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection that knows frames but no rule. What comes is queued by a thread of its own, so that it can
 * be told apart whether nothing came or nobody looked.
 */
final class RawLink implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final long MAX_BODY = 1 << 25;
    private static final int DIAL_MS = 5000;
    private static final int BUFFER = 1 << 16;

    final String name;
    private final Socket socket;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final boolean stranger;
    private List<Integer> listed = List.of();
    private boolean greeted;
    private boolean deaf;

    private final long began = System.nanoTime();
    private byte[] kept = new byte[0];
    private int pieces;

    RawLink(String name, Socket socket) throws IOException {
        this(name, socket, false);
    }

    /** @param stranger whether the other side may say what is no frame before it closes */
    RawLink(String name, Socket socket, boolean stranger) throws IOException {
        this.name = name;
        this.socket = socket;
        this.stranger = stranger;
        socket.setTcpNoDelay(true);
        Thread reader = new Thread(this::read, "raw link " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** A connection; what waits on one that somebody does not read is in a small buffer only. */
    static Socket dial(@Nullable String from, String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER);
        socket.setSendBufferSize(BUFFER);
        if (from != null) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        }
        socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), DIAL_MS);
        return socket;
    }

    /** How long it has been there. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Whether nobody has shaken hands here, and the other side need not. */
    boolean isStranger() {
        return stranger;
    }

    /** Reads no more, but for what it is just waiting for; or reads again. */
    synchronized void setDeaf(boolean now) {
        deaf = now;
        notifyAll();
    }

    private synchronized void awaitHearing() throws InterruptedException {
        while (deaf) {
            wait();
        }
    }

    /** The codecs that this end has told the testee that it reads. */
    List<Integer> listed() {
        return listed;
    }

    void list(List<Integer> codecs) {
        listed = List.copyOf(codecs);
    }

    /** Whether the handshake of this end was sent and answered with a list of peers. */
    boolean isGreeted() {
        return greeted;
    }

    void greeted() {
        greeted = true;
    }

    /**
     * Writes; false when the other side does not take it any more. That is no fault of its own: it may close at any
     * byte, and the step that looks at the link next finds its end.
     */
    boolean write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** The next arrival; null if there is none in time. */
    @Nullable
    Arrival next(Duration patience) throws InterruptedException {
        return arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes without a goodbye of any sort: the other side finds a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        setDeaf(false);
        socket.close();
    }

    private void read() {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = socket.getInputStream();
            boolean isFrames = true;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                isFrames = isFrames && take(Arrays.copyOf(chunk, read));
                if (!isFrames && !stranger) {
                    arrivals.add(new Arrival.End("bytes that are no frame"));
                    return;
                }
                awaitHearing();
            }
            arrivals.add(new Arrival.End(kept.length == 0 ? "closed" : "closed inside a frame"));
        } catch (IOException e) {
            arrivals.add(new Arrival.End("reset"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Queues the frames that are whole now; false for a length that no frame has. */
    private boolean take(byte[] chunk) {
        kept = kept.length == 0 ? chunk : joined(kept, chunk);
        pieces++;
        while (kept.length >= Wire.HEADER) {
            long body = Integer.toUnsignedLong(ByteBuffer.wrap(kept).getInt());
            if (body > MAX_BODY) {
                return false;
            }
            int end = Wire.HEADER + (int) body;
            if (kept.length < end) {
                break;
            }
            arrivals.add(new Arrival.Frame(Arrays.copyOf(kept, end), pieces));
            kept = Arrays.copyOfRange(kept, end, kept.length);
            pieces = 1;
        }
        pieces = kept.length == 0 ? 0 : pieces;
        return true;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
