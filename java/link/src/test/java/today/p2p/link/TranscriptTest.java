package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;

/** What living nodes wrote, byte for byte, into a link of ours in the place of their peer. */
class TranscriptTest {
    @ParameterizedTest
    @CsvSource({
        "py-mesh-pair-nocomp,server,BINARY BINARY",
        "py-mesh-pair-nocomp,client,BINARY BINARY",
        "js-mesh-pair-nocomp,server,TEXT TEXT",
        "js-mesh-pair-nocomp,client,TEXT TEXT",
        "cross-py871-js-mesh,server,BINARY TEXT",
        "cross-py871-js-mesh,client,TEXT TEXT"
    })
    void theHandshakesOfAllDialectsAreAccepted(String scene, String side, String types) { // LNK-2, MSG-8
        Ends ends = new Ends(NodeLimits.DEFAULT);
        Bytes first = chunks(scene, side).get(0);
        ends.receive(first);

        assertThat(ends.link.state()).isEqualTo(LinkState.OPEN);
        assertThat(types(first)).isEqualTo(types);
    }

    @ParameterizedTest
    @CsvSource({
        "py-mesh-pair-nocomp,server",
        "py-mesh-pair-nocomp,client",
        "js-mesh-pair-nocomp,server",
        "js-mesh-pair-nocomp,client",
        "py-mesh-renegotiate,server",
        "py-mesh-renegotiate,client",
        "js-mesh-renegotiate,server",
        "js-mesh-renegotiate,client",
        "py-mesh-resend-after-whisper,client",
        "js-mesh-resend,server",
        "js-mesh-resend,client"
    })
    void aWholeRecordedSideLeavesTheLinkOpen(String scene, String side) {
        Ends ends = new Ends(NodeLimits.DEFAULT);
        chunks(scene, side).forEach(ends::receive);

        assertThat(ends.fate()).isEqualTo("open");
        assertThat(ends.passed()).isNotEmpty();
    }

    @Test
    void renegotiationOfALivingNodeIsAnsweredRawEachTimeItsListChanges() { // LNK-16, LNK-17
        Ends ends = new Ends(NodeLimits.DEFAULT);
        List<Bytes> chunks = chunks("py-mesh-renegotiate", "client");
        chunks.forEach(ends::receive);

        // Twice the empty list, of which the second is the living node's own echo, then one with gzip.
        assertThat(ends.written())
                .filteredOn(message -> message.type() == 1)
                .extracting(message -> message.payload().get(1))
                .containsExactly(Value.array(), Value.array(Value.of(0x11)));
    }

    @Test
    void resendOfALivingNodeIsAnsweredWithTheSameBytes() { // LNK-18
        Ends ends = new Ends(NodeLimits.DEFAULT);
        List<Bytes> chunks = chunks("py-mesh-resend-after-whisper", "client");
        chunks.subList(0, chunks.size() - 1).forEach(ends::receive);
        ends.send(new Message(2, Ends.SELF.idValue(), Ends.WALL, List.of(Value.of(2), Value.of("whispered"))));
        ends.receive(chunks.get(chunks.size() - 1));

        assertThat(ends.frames()).hasSize(3);
        assertThat(ends.frames().get(2)).isEqualTo(ends.frames().get(1));
    }

    @Test
    void theMessageThatAnOlderResendBringsWithoutASubFlagEndsTheLink() { // LNK-12
        Ends ends = new Ends(NodeLimits.DEFAULT);
        chunks("py-mesh-resend-after-whisper", "server").forEach(ends::receive);

        assertThat(ends.fate()).isEqualTo("SHAPE");
    }

    private static String types(Bytes frame) {
        Decoded decoded = new FrameDecoder(Limits.DEFAULT, List.of()).decode(frame);
        Message handshake = ((Decoded.Complete) decoded).frame().message();
        return handshake.payload().get(1).kind() + " "
                + handshake.payload().get(2).kind();
    }

    private static List<Bytes> chunks(String scene, String side) {
        try (InputStream in = TranscriptTest.class.getResourceAsStream(scene + ".chunks")) {
            assertThat(in).as(scene).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(side + " "))
                    .map(line -> Bytes.ofHex(line.substring(side.length() + 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
