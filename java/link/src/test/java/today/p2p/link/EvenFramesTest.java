package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** What a peer that could be py2p or js2p is sent is such as it bears (LNK-34 to LNK-36). */
class EvenFramesTest {
    private static final int ZLIB = 0x13;
    private static final int GZIP = 0x11;
    private static final int LZ4 = 0x21;

    @Test
    void everyFrameForAPeerThatCouldBePy2pIsAMultipleOfEight() { // LNK-34
        Ends ends = greetedBy(py2p(ZLIB));
        for (int letters = 0; letters < 400; letters++) {
            ends.send(Ends.message(2, Value.of(2), Value.of("x".repeat(letters))));
            ends.link.written(ends.link.queuedBytes(), ends.now());
        }
        ends.receive(Ends.message(2, Value.of(3)));

        assertThat(ends.frames())
                .hasSize(401)
                .allSatisfy(frame -> assertThat(frame.length() % 8).isZero());
        assertThat(ends.written()).hasSize(401);
        assertThat(ends.link.sendingCodec().orElseThrow().code()).isEqualTo(ZLIB);
    }

    @Test
    void gzipDoesAsWellAsZlib() { // LNK-34
        Ends ends = greetedBy(py2p(0x20, GZIP));
        ends.send(Ends.message(2, Value.of(2), Value.of("once")));

        assertThat(ends.frames().get(0).length() % 8).isZero();
        assertThat(ends.link.sendingCodec().orElseThrow().code()).isEqualTo(GZIP);
        assertThat(ends.written()).hasSize(1);
    }

    @Test
    void othersGetTheFramesThatTheyAlwaysGot() { // LNK-34, CMP-13
        Message once = Ends.message(2, Value.of(2), Value.of("once"));
        int raw = lengthFor(once, py2p());

        assertThat(lengthFor(once, py2p(ZLIB, LZ4))).as("a node of the kit").isEqualTo(raw);
        assertThat(lengthFor(once, Ends.handshake(Ends.PEER, Value.of(ZLIB)))).isEqualTo(raw);
        assertThat(lengthFor(once, py2p(ZLIB))).isGreaterThan(raw);
    }

    @Test
    void nothingButHandshakesGoesRawToAPeerThatCouldBeJs2p() { // LNK-36
        for (int shared : List.of(ZLIB, GZIP)) {
            Ends ends = greetedBy(js2p(0x20, shared));
            ends.send(Ends.message(2, Value.of(2), Value.of("")));
            ends.send(Ends.message(2, Value.of(2), Value.of("once")));
            ends.send(Ends.message(2, Value.of(2), Value.of("x".repeat(400))));
            ends.receive(Ends.message(2, Value.of(3)));

            int first = shared == ZLIB ? 0x78 : 0x1f;
            assertThat(ends.frames())
                    .hasSize(4)
                    .allSatisfy(frame -> assertThat(frame.toArray()[4]).isEqualTo((byte) first));
            assertThat(ends.written()).hasSize(4);
        }
    }

    @Test
    void whatCouldBeJs2pGetsRawFramesWhereNeitherIsShared() { // LNK-36, NEG-2
        Message once = Ends.message(2, Value.of(2), Value.of("once"));

        assertThat(lengthFor(once, js2p(0x20))).isEqualTo(lengthFor(once, js2p()));
    }

    @Test
    void theAnswerToRenegotiateGoesRawAndWhatFollowsIsOfTheNewList() { // LNK-34, LNK-17
        Ends ends = greetedBy(py2p(ZLIB));
        ends.send(Ends.message(2, Value.of(2), Value.of("once")));
        ends.receive(Ends.message(1, Value.of(1), Value.of(List.of())));
        assertThat(ends.link.sendingCodec()).isEmpty();
        ends.receive(Ends.message(1, Value.of(1), Value.array(Value.of(GZIP))));
        ends.outputs.clear();
        ends.send(Ends.message(2, Value.of(2), Value.of("twice")));

        assertThat(ends.frames().get(0).length() % 8).isZero();
        assertThat(ends.link.sendingCodec().orElseThrow().code()).isEqualTo(GZIP);
    }

    @Test
    void noHandshakeIsFourLongerThanAMultipleOfEight() { // LNK-35
        Set<Integer> rests = new HashSet<>();
        for (int letters = 1; letters < 40; letters++) {
            Address address = new Address("h".repeat(letters), 4444);
            Self self = new Self(Ends.OWN, Ends.MESH, Dialect.UNIVERSAL, address, Ends.ZLIB);
            Ends ends = new Ends(self, NodeLimits.DEFAULT, new QueueBudget(NodeLimits.DEFAULT));
            rests.add(ends.frames().get(0).length() % 8);
            assertThat(ends.written().get(0).payload()).hasSize(5);
        }

        assertThat(rests).containsExactlyInAnyOrder(0, 1, 2, 3, 5, 6, 7);
    }

    @Test
    void anEmptyTextInAListOfCodecsIsIgnored() { // LNK-35, LNK-7
        Ends ends = greetedBy(Ends.handshake(Ends.PEER, Value.of(ZLIB), Value.of("")));

        assertThat(ends.fate()).isEqualTo("open");
        assertThat(ends.link.peer().orElseThrow().extensions()).isEmpty();
    }

    private static int lengthFor(Message message, Message handshake) {
        Ends ends = greetedBy(handshake);
        ends.send(message);
        return ends.frames().get(0).length();
    }

    private static Ends greetedBy(Message handshake) {
        Ends ends = new Ends(NodeLimits.DEFAULT);
        ends.receive(handshake);
        ends.link.written(ends.link.queuedBytes(), ends.now());
        ends.outputs.clear();
        return ends;
    }

    /** As py2p 0.7.878: both ids binary. */
    private static Message py2p(int... codecs) {
        return handshake(Value.of(Bytes.ofUtf8(Ends.PEER)), Value.of(Ends.MESH.bytes()), codecs);
    }

    /** Both ids text. */
    private static Message js2p(int... codecs) {
        return handshake(Value.of(Ends.PEER), Value.of(Ends.MESH.text()), codecs);
    }

    private static Message handshake(Value id, Value protocol, int... codecs) {
        List<Value> listed = new ArrayList<>();
        for (int codec : codecs) {
            listed.add(Value.of(codec));
        }
        return Ends.message(
                2, Value.of(5), id, protocol, Value.array(Value.of("192.0.2.2"), Value.of(4445)), Value.of(listed));
    }
}
