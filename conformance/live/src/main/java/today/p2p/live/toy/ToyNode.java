package today.p2p.live.toy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A node of the toy: its sockets and threads. Everything that is decided is decided under one lock. */
final class ToyNode {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String LOOPBACK = "127.0.0.1";
    private static final long MAX_FRAME = 1 << 24;
    private static final long MAX_GREETING = 1 << 16;
    private static final int CHECKSUM = 32;
    private static final int CHUNK = 1 << 16;
    private static final int TICK_MS = 100;
    private static final int PAUSE_MS = 10;

    final @Nullable ToyDefect defect;
    final List<Integer> codecs;
    final Timers timers;
    final List<ObjectNode> events = new ArrayList<>();
    final List<ToyLink> links = new ArrayList<>();
    final int port;
    private final ServerSocket door;
    private final ToyMesh mesh;
    private final ToyClock clock;
    private final ToyBounds bounds;
    private final ToyTurns turns = new ToyTurns(this);
    private final ToyDoor entrance;
    private final List<ObjectNode> heldEvents = new ArrayList<>();
    private boolean isHeld;
    private boolean closed;

    /** Timers of the registry, in nanoseconds. */
    record Timers(long handshake, long frame, long ping, long duplicate, long dead, long forget, long again) {
        private static final double SECOND = 1e9;

        /** Those that are named, in seconds; the others are the registry's. */
        static Timers of(JsonNode named) {
            return new Timers(
                    nanos(named, "handshake-deadline", 10),
                    nanos(named, "frame-deadline", 10),
                    nanos(named, "ping-after", 20),
                    nanos(named, "duplicate-within", 10),
                    nanos(named, "dead-after", 60),
                    nanos(named, "forget-fault", 30),
                    nanos(named, "greet-again", 1));
        }

        private static long nanos(JsonNode named, String name, double standard) {
            return (long) (named.path(name).asDouble(standard) * SECOND);
        }
    }

    /**
     * What a node is opened with.
     *
     * @param limits limits of the registry that are set otherwise
     */
    record Options(List<Integer> codecs, Timers timers, JsonNode limits, boolean encrypted) {}

    ToyNode(ToyMesh.Name name, Options options, @Nullable ToyDefect defect) throws IOException {
        this.timers = options.timers();
        this.defect = defect;
        this.codecs = options.codecs();
        bounds = new ToyBounds(this, options.limits());
        entrance = new ToyDoor(this, bounds, options.encrypted());
        door = new ServerSocket(0, 0, InetAddress.getByName(LOOPBACK));
        port = door.getLocalPort();
        mesh = new ToyMesh(this, name);
        clock = new ToyClock(this, mesh);
        thread(this::accept);
        thread(this::tick);
    }

    boolean is(ToyDefect candidate) {
        return defect == candidate;
    }

    ToyMesh mesh() {
        return mesh;
    }

    ToyBounds bounds() {
        return bounds;
    }

    ToyDoor entrance() {
        return entrance;
    }

    static void thread(Runnable work) {
        Thread thread = new Thread(work, "toy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                thread(() -> came(socket));
            }
        } catch (IOException e) {
            // The node was closed.
            return;
        }
    }

    private void came(Socket socket) {
        boolean isShunned;
        synchronized (this) {
            isShunned = entrance.isShunned(socket);
        }
        try {
            if (isShunned) {
                socket.close();
            } else {
                begin(entrance.link(socket, false, null));
            }
        } catch (IOException e) {
            // It was none of ours.
            return;
        }
    }

    void dial(String host, int at, ToyLink.ToyDial why) {
        thread(() -> {
            try {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(host, at), 2000);
                begin(entrance.link(socket, true, why));
            } catch (IOException e) {
                synchronized (this) {
                    mesh.requests().notConnected(why, "ABSENT");
                }
            }
        });
    }

    private void begin(ToyLink link) {
        synchronized (this) {
            if (closed) {
                link.close("LOCAL");
                return;
            }
            if (!link.outgoing && entrance.isFull(link)) {
                link.close("REFUSED");
                return;
            }
            links.add(link);
            if (!is(ToyDefect.WAITS_FOR_HANDSHAKE)) {
                mesh.greet(link);
            }
        }
        thread(() -> read(link));
    }

    private void read(ToyLink link) {
        byte[] kept = new byte[0];
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = link.in;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                byte[] all = ByteBuffer.allocate(kept.length + read)
                        .put(kept)
                        .put(chunk, 0, read)
                        .array();
                synchronized (this) {
                    kept = taken(link, all);
                }
                while ((link.waits || link.waitsForTurn) && !link.closed) {
                    Thread.sleep(PAUSE_MS);
                    synchronized (this) {
                        kept = taken(link, kept);
                    }
                }
            }
        } catch (IOException e) {
            link.reason = link.closed ? link.reason : "REMOTE";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            link.close("REMOTE");
            links.remove(link);
            mesh.left(link);
        }
    }

    /** Handles the whole frames; returns what is left. */
    private byte[] taken(ToyLink link, byte[] all) {
        int at = 0;
        link.heard = System.nanoTime();
        link.waits = false;
        while (!link.closed && all.length - at >= Wire.HEADER) {
            long length =
                    Integer.toUnsignedLong(ByteBuffer.wrap(all, at, Wire.HEADER).getInt());
            if (length > (link.peer == null ? MAX_GREETING : MAX_FRAME) && !is(ToyDefect.LENGTH_BELIEVED)) {
                malformed(link, "LIMIT");
                return new byte[0];
            }
            if (length < CHECKSUM) {
                malformed(link, "SHORT");
                return new byte[0];
            }
            if (all.length - at - Wire.HEADER < length) {
                break;
            }
            int end = at + Wire.HEADER + (int) length;
            boolean isBroadcast = length > CHECKSUM + 1 && all[at + Wire.HEADER + CHECKSUM + 1] == 0;
            link.waits = link.peer != null && !bounds.mayHandle(link, isBroadcast);
            if (link.waits && is(ToyDefect.FAST_PEERS_CLOSED)) {
                malformed(link, "LIMIT");
            } else if (link.waits) {
                break;
            }
            link.messages.take(1);
            if (length <= bounds.limit("max-link-unhandled", MAX_FRAME) || !is(ToyDefect.UNHANDLED_DROPPED)) {
                frame(link, Arrays.copyOfRange(all, at, end));
            }
            at = is(ToyDefect.ONE_FRAME_A_CHUNK) ? all.length : end;
        }
        byte[] left = Arrays.copyOfRange(all, at, all.length);
        begun(link, left.length);
        return left;
    }

    /** So much is there of a frame that is not whole, or of whole ones that wait. */
    private void begun(ToyLink link, int bytes) {
        link.kept = link.waits ? 0 : bytes;
        link.waitsForTurn = !turns.mayRead(link);
        if (link.kept == 0 || link.waitsForTurn) {
            link.begunFrame = 0;
        } else if (link.begunFrame == 0) {
            link.begunFrame = System.nanoTime();
            link.begunWith = link.kept;
        }
    }

    private void frame(ToyLink link, byte[] frame) {
        List<Integer> readable = link.peer == null && !is(ToyDefect.INFLATES_FOR_STRANGERS) ? List.of() : codecs;
        readable = is(ToyDefect.UNLISTED_CODEC_READ) ? Wire.CODECS : readable;
        Wire.Read read = Wire.message(frame, readable);
        String error = "";
        if (read == null && is(ToyDefect.CHECKSUM_IGNORED)) {
            byte[] bare = Arrays.copyOfRange(frame, Wire.HEADER + CHECKSUM, frame.length);
            read = Wire.message(Wire.frameOf(bare).frame(), List.of());
        }
        if (read == null) {
            error = Wire.error(frame, readable);
            malformed(link, error);
        } else {
            mesh.received(link, read, bare(frame, read));
        }
    }

    private static byte[] bare(byte[] frame, Wire.Read read) {
        Integer codec = read.codec();
        if (codec == null) {
            return Arrays.copyOfRange(frame, Wire.HEADER + CHECKSUM, frame.length);
        }
        byte[] plain = Wire.inflated(frame, codec);
        return Arrays.copyOfRange(plain, CHECKSUM, plain.length);
    }

    /** Closes a link on which a rule was broken, or whatever the defect does instead. */
    void malformed(ToyLink link, String error) {
        if (is(ToyDefect.NEVER_CLOSES)) {
            return;
        }
        if (is(ToyDefect.CLOSES_ALL)) {
            new ArrayList<>(links).forEach(each -> each.close(error));
        }
        if (is(ToyDefect.ANSWERS_BAD_FRAMES)) {
            ArrayNode list = mesh.own(1, mesh.now()).add(1);
            list.addArray();
            link.send(Wire.frame(list), codecs, false, false);
        }
        link.close(error);
    }

    /** Time passes: LNK-8, LNK-20, LNK-22, LNK-32. */
    private void tick() {
        while (!closed) {
            try {
                Thread.sleep(TICK_MS);
            } catch (InterruptedException e) {
                return;
            }
            synchronized (this) {
                long now = System.nanoTime();
                ToyRing ring = mesh.ring();
                if (ring != null) {
                    ring.tick();
                }
                new ArrayList<>(links).forEach(link -> clock.tick(link, now));
                turns.tick(now);
            }
        }
    }

    synchronized void close() {
        closed = true;
        try {
            door.close();
        } catch (IOException e) {
            events.add(JSON.objectNode().put("event", "trouble").put("detail", e.toString()));
        }
        new ArrayList<>(links).forEach(link -> link.close("LOCAL"));
    }

    /** Tells the application of a message, or when it takes some again. */
    void deliver(ToyLink link, ObjectNode event, int bytes) {
        if (isHeld) {
            link.unhandled += bytes;
            heldEvents.add(event);
        } else {
            events.add(event);
        }
    }

    /** Whether the application takes no messages. */
    void hold(boolean now) {
        isHeld = now;
        events.addAll(heldEvents);
        heldEvents.clear();
        links.forEach(link -> link.unhandled = 0);
    }

    /** The events since the last time. */
    synchronized ArrayNode takeEvents() {
        ArrayNode taken = JSON.arrayNode();
        events.forEach(taken::add);
        events.clear();
        return taken;
    }

    synchronized JsonNode state() {
        ArrayNode peers = JSON.arrayNode();
        mesh.peers().forEach(link -> {
            ObjectNode peer = peers.addObject();
            peer.set("id", link.peer);
            peer.put("outgoing", link.outgoing);
        });
        mesh.lists().named().forEach(id -> peers.addObject().put("id", id));
        return JSON.objectNode().set("peers", peers);
    }
}
