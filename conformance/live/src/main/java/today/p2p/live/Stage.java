package today.p2p.live;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The raw peers of one performance: their links, and where they listen. */
final class Stage implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WHISPER = 2;
    private static final int HANDSHAKE = 5;
    private static final int PEERS = 7;
    private static final int PING = 3;
    private static final String LOOPBACK = "127.0.0.1";

    private final Scene scene;
    private final Pattern pattern;
    private final Transcript transcript;
    private final Duration patience;
    /** Half of handshake-deadline, since the testee's clock began a little earlier. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Map<String, RawLink> links = new LinkedHashMap<>();
    private final Map<String, ServerSocket> doors = new LinkedHashMap<>();

    private boolean isLate;

    Stage(Scene scene, Transcript transcript, Duration patience) {
        this.scene = scene;
        this.pattern = new Pattern(scene);
        this.transcript = transcript;
        this.patience = patience;
    }

    /** Whether a peer has shaken hands so late that the testee may have given it up (LNK-8). */
    boolean isLate() {
        return isLate;
    }

    RawLink link(String name) {
        RawLink link = links.get(name);
        if (link == null) {
            throw new IllegalArgumentException("there is no link " + name);
        }
        return link;
    }

    /** A peer takes a port of its own. */
    void listen(Step step) throws IOException {
        ServerSocket door = new ServerSocket(0, 0, InetAddress.getByName(LOOPBACK));
        doors.put(step.link(), door);
        scene.listensAt(step.link(), door.getLocalPort());
        transcript.say(step.link() + " listens at " + door.getLocalPort());
    }

    /** A peer dials the testee, and is greeted at once (LNK-1). */
    void dial(Step step) throws IOException, Mismatch, InterruptedException {
        long began = System.nanoTime();
        Socket socket = connected(step);
        try {
            links.put(step.link(), new RawLink(step.link(), scene.encrypted() ? Tls.client(socket) : socket));
        } finally {
            isLate |= System.nanoTime() - began > LATE.toNanos();
        }
        transcript.say(step.link() + " dials the testee");
        handshakeOf(step, link(step.link()));
    }

    /** A plain connection to the testee, of which nothing is expected. */
    void knock(Step step) throws IOException, Mismatch {
        Socket socket = connected(step);
        links.put(step.link(), new RawLink(step.link(), socket, true));
        transcript.say(step.link() + " connects to the testee");
    }

    private Socket connected(Step step) throws IOException, Mismatch {
        String from = step.get("from").asString(null);
        try {
            return RawLink.dial(from, scene.host, scene.port);
        } catch (BindException e) {
            if (from == null) {
                throw e;
            }
            // Some systems have one loopback address.
            throw new Mismatch(Finding.Sort.SKIPPED, "", "this machine has no address " + from, "", "");
        }
    }

    /** A peer is dialled by the testee, which greets at once (LNK-1). */
    void accept(Step step) throws IOException, Mismatch, InterruptedException {
        ServerSocket door = doors.get(Scene.identity(step.link()));
        if (door == null) {
            throw new IllegalArgumentException(step + ": it does not listen");
        }
        Socket socket = accepted(step, door);
        RawLink link = new RawLink(step.link(), scene.encrypted() ? Tls.server(socket) : socket);
        links.put(step.link(), link);
        transcript.say(step.link() + " is dialled by the testee");
        handshakeOf(step, link);
    }

    private Socket accepted(Step step, ServerSocket door) throws IOException, Mismatch {
        try {
            door.setSoTimeout((int) patience.toMillis());
            return door.accept();
        } catch (SocketTimeoutException e) {
            throw Mismatch.of("DIAL", step + ": the testee did not dial", "a connection", "none");
        }
    }

    /** That nobody has dialled a peer so far. */
    void undialled(Step step) throws IOException, Mismatch {
        ServerSocket door = doors.get(step.link());
        if (door == null) {
            throw new IllegalArgumentException(step + ": it does not listen");
        }
        door.setSoTimeout(1);
        try (Socket dialled = door.accept()) {
            throw Mismatch.of("DIAL", step + ": the testee dialled", "no connection", "one from " + dialled.getPort());
        } catch (SocketTimeoutException e) {
            transcript.say(step.link() + " was not dialled");
        }
    }

    private void handshakeOf(Step step, RawLink link) throws Mismatch, InterruptedException {
        ArrayNode expected = JSON.arrayNode().add(WHISPER);
        expected.addObject().put("$id", "T");
        expected.addObject().put("$now", 0);
        expected.add(HANDSHAKE);
        expected.addObject().put("$id", "T");
        expected.addObject().put("$protocol", 0);
        ArrayNode address = expected.addArray();
        address.addObject().put("$any", "bytes");
        address.addObject().put("$any", "integer");
        expected.addObject().put("$any", "array");
        Wire.Read read = read(step, link, expected);
        scene.bind(step.verb().equals("greet") ? null : step.as(), read.message());
        if (read.codec() != null) {
            throw Mismatch.of("CODEC", step + ": the handshake is compressed", "raw", "codec " + read.codec());
        }
    }

    /** A peer shakes hands, dialling first if need be, and gets its list of peers (MSH-3). */
    void greet(Step step) throws IOException, Mismatch, InterruptedException {
        if (!links.containsKey(step.link())) {
            dial(step);
        }
        RawLink link = link(step.link());
        String peer = Scene.identity(step.link());
        ArrayNode handshake = JSON.arrayNode().add(WHISPER).add(scene.id(peer)).add(scene.now());
        handshake.add(HANDSHAKE).add(scene.id(peer)).add(Wire.binary(scene.protocol()));
        handshake.addArray().add(LOOPBACK).add(scene.portOf(peer));
        ArrayNode codecs = handshake.addArray();
        step.get("codecs").forEach(codecs::add);
        Wire.Sent frame = Wire.frame(handshake);
        scene.sent(step.as(), frame);
        write(link, frame.frame(), Transcript.brief(handshake));
        isLate |= link.age().compareTo(LATE) > 0;
        link.list(numbers(step.get("codecs")));
        ArrayNode peers = JSON.arrayNode().add(WHISPER);
        peers.addObject().put("$id", "T");
        peers.addObject().put("$now", 0);
        peers.add(PEERS);
        peers.add(step.in().has("peers") ? step.get("peers") : JSON.objectNode().put("$any", "array"));
        read(step, link, peers);
        link.greeted();
    }

    private static List<Integer> numbers(JsonNode list) {
        return list.valueStream()
                .filter(JsonNode::isIntegralNumber)
                .map(number -> number.asInt(-1))
                .toList();
    }

    void write(RawLink link, byte[] bytes, String meaning) throws IOException {
        transcript.frame(link.name, true, bytes, Wire.CODECS, meaning);
        link.write(bytes);
    }

    /** The next message on a link must fit; a ping and a request for peers may come before it. */
    Wire.Read read(Step step, RawLink link, JsonNode expected) throws Mismatch, InterruptedException {
        Wire.Read read = next(step, link, expected);
        String differs = pattern.differs(expected, read.message(), "$");
        if (differs != null) {
            throw Mismatch.of(
                    "MESSAGE",
                    step + ": the message differs at " + differs,
                    brief(expected),
                    Transcript.brief(read.message()));
        }
        return read;
    }

    private String brief(JsonNode expected) {
        return Transcript.brief(scene.filled(expected));
    }

    /** The next message on a link, whatever it is, but for those that a node may send at any time. */
    Wire.Read next(Step step, RawLink link, JsonNode expected) throws Mismatch, InterruptedException {
        // The time of all, so that a testee which pings again and again is not waited for without end.
        long end = System.nanoTime() + step.patience(patience).toNanos();
        while (true) {
            Arrival arrival = link.next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            if (arrival == null) {
                throw Mismatch.of("MISSING", step + ": no message came", brief(expected), "none");
            }
            if (!(arrival instanceof Arrival.Frame frame)) {
                String how = ((Arrival.End) arrival).how();
                throw Mismatch.of("CLOSED", step + ": the link was " + how, brief(expected), how);
            }
            Wire.Read read = readable(step, link, frame);
            boolean isPing = step.get("unpinged").asBoolean(false)
                    && read.message().path(3).asInt(-1) == PING;
            if (pattern.differs(expected, read.message(), "$") == null || isPing || !isCasual(read.message())) {
                return checked(step, frame, read);
            }
        }
    }

    Wire.Read readable(Step step, RawLink link, Arrival.Frame frame) throws Mismatch {
        Wire.Read read = Wire.message(frame.bytes(), link.listed());
        String meaning = read == null ? "unreadable" : Transcript.brief(read.message());
        transcript.frame(link.name, false, frame.bytes(), link.listed(), meaning);
        if (read == null) {
            throw Mismatch.of(
                    "FRAME", step + ": a frame that this peer cannot read", "codecs " + link.listed(), "unreadable");
        }
        return read;
    }

    private static Wire.Read checked(Step step, Arrival.Frame frame, Wire.Read read) throws Mismatch {
        if (step.in().has("pieces") && frame.pieces() > step.get("pieces").asInt(-1)) {
            throw Mismatch.of(
                    "PIECES",
                    step + ": the frame came in " + frame.pieces() + " pieces",
                    step.get("pieces").toString(),
                    String.valueOf(frame.pieces()));
        }
        if (step.in().has("multiple")
                && frame.bytes().length % step.get("multiple").asInt(1) != 0) {
            throw Mismatch.of(
                    "LENGTH",
                    step + ": the length of the frame",
                    "a multiple of " + step.get("multiple"),
                    String.valueOf(frame.bytes().length));
        }
        if (step.in().has("codec")) {
            String expected = step.get("codec").toString();
            String got = String.valueOf(read.codec());
            if (!expected.equals(got)) {
                throw Mismatch.of("CODEC", step + ": the frame is of another codec", expected, got);
            }
        }
        return read;
    }

    /** Whether it is a handshake, which a node may send a stranger before it knows whether it wants one (LNK-1). */
    static boolean isHandshake(JsonNode message) {
        return message.path(0).asInt(-1) == WHISPER && message.path(3).asInt(-1) == HANDSHAKE && message.size() == 8;
    }

    /** What a node may send when it likes: a ping (LNK-20), and a request for peers (MSH-21). */
    static boolean isCasual(JsonNode message) {
        int flag = message.path(3).asInt(-1);
        boolean asks = flag == 8 && message.size() == 5 && "*".equals(Wire.text(message.get(4)));
        return message.path(0).asInt(-1) == WHISPER && (flag == PING || asks);
    }

    @Override
    public void close() throws IOException {
        for (RawLink link : links.values()) {
            link.close();
        }
        for (ServerSocket door : doors.values()) {
            door.close();
        }
    }
}
