package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

class HandshakeTest {
    private static final Codec ZLIB = Codecs.find(0x13).orElseThrow();

    /** CMP-12. The same message with another sub-flag shows that it would have been worth coding. */
    @Test
    void aHandshakeGoesRawHoweverWellItWouldCompress() {
        PackedMessage handshake = PackedMessage.of(message(Opcode.HANDSHAKE), Limits.DEFAULT);
        PackedMessage other = PackedMessage.of(message(Opcode.PEERS), Limits.DEFAULT);

        assertThat(handshake.frameFor(ZLIB)).isEqualTo(handshake.frameFor(null));
        assertThat(other.frameFor(ZLIB).length())
                .isLessThan(other.frameFor(null).length() / 10);
    }

    private static Message message(Opcode subFlag) {
        Value address = Value.array(Value.of("host".repeat(1000)), Value.of(4444));
        return new Message(
                Opcode.WHISPER.number(),
                Value.of("a"),
                1_500_000_000L,
                List.of(
                        Value.of(subFlag.number()),
                        Value.of("a"),
                        Value.of("b"),
                        address,
                        Value.array(Value.of(0x13))));
    }
}
