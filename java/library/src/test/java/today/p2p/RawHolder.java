package today.p2p;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * A member of a ring that is nothing but a socket: it says what a test has it say. A node that is linked to it alone
 * takes it for the owner of everything.
 */
final class RawHolder implements AutoCloseable {
    private static final ProtocolId NET = ProtocolId.of("chord", Encryption.PLAINTEXT);
    private static final int HANDSHAKE = 5;
    private static final int RETRIEVE = 12;
    private static final int RETRIEVED = 13;

    final NodeId id;
    final List<List<Value>> heard = new CopyOnWriteArrayList<>();
    private final Socket socket;
    private final IntFunction<@Nullable Value> answers;
    private final AtomicInteger asked = new AtomicInteger();

    /** @param answers what to say to the first question and all others, counted from 0; null: nothing */
    RawHolder(ChordTable<?> table, String name, IntFunction<@Nullable Value> answers) throws IOException {
        this(table, NodeId.of(name, NET, "salt"), answers);
    }

    RawHolder(ChordTable<?> table, NodeId id, IntFunction<@Nullable Value> answers) throws IOException {
        this.id = id;
        this.answers = answers;
        socket = new Socket("127.0.0.1", table.network().address().port());
        whisper(
                HANDSHAKE,
                Value.text(id.bytes()),
                Value.of(NET.text()),
                Value.array(Value.of("127.0.0.1"), Value.of(0)),
                Value.array());
        whisper(HANDSHAKE, Value.of("0"));
        Thread reader = new Thread(this::read, "raw-holder");
        reader.setDaemon(true);
        reader.start();
    }

    void whisper(int subFlag, Value... items) throws IOException {
        List<Value> payload = new java.util.ArrayList<>(List.of(items));
        payload.add(0, Value.of(subFlag));
        Message message = new Message(2, Value.text(id.bytes()), System.currentTimeMillis() / 1000, payload);
        byte[] frame = PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
        synchronized (socket) {
            socket.getOutputStream().write(frame);
        }
    }

    int questions() {
        return asked.get();
    }

    private void read() {
        FrameReader frames = new FrameReader(Limits.DEFAULT, List.of());
        byte[] chunk = new byte[65536];
        try (InputStream in = socket.getInputStream()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                frames.feed(ByteBuffer.wrap(chunk, 0, count));
                while (frames.next() instanceof Decoded.Complete complete) {
                    hear(complete.frame().message().payload());
                }
            }
        } catch (IOException ended) {
            // The test is over, or the node has closed the link; a test that cares looks at the node.
        }
    }

    private void hear(List<Value> payload) throws IOException {
        heard.add(payload);
        if (payload.get(0).equals(Value.of(RETRIEVE))) {
            Value answer = answers.apply(asked.getAndIncrement());
            if (answer != null) {
                whisper(RETRIEVED, payload.get(1), payload.get(2), answer);
            }
        }
    }

    /** The bytes of a text, as they stand in messages. */
    static Value binary(String text) {
        return Value.of(Bytes.ofUtf8(text));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
