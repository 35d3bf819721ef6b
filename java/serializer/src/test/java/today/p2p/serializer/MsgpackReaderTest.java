package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;

/** A payload read item by item. */
class MsgpackReaderTest {
    private final MessageView view = new MessageView();

    @Test
    void eachItemIsReadAsWhatItIs() {
        Value ext = Value.ext(5, Bytes.of((byte) 1));
        MsgpackReader reader = reading(
                Value.of(-5_000_000_000L),
                Value.of("é"),
                Value.of(Bytes.ofHex("00ff")),
                Value.of(0.5),
                Value.of(false),
                Value.nil(),
                Value.array(Value.of(1), ext),
                Value.map(new Value.Entry(Value.of("k"), Value.array(Value.of(2)))),
                Value.of(Bytes.ofHex("0100")),
                Value.of("x".repeat(200)),
                Value.of("x"));

        assertThat(reader.readLong()).isEqualTo(-5_000_000_000L);
        assertThat(reader.readText()).isEqualTo("é");
        assertThat(reader.readBytes()).isEqualTo(Bytes.ofHex("00ff"));
        assertThat(reader.readDouble()).isEqualTo(0.5);
        assertThat(reader.readBoolean()).isFalse();
        assertThat(reader.kind()).isEqualTo(Value.Kind.NIL);
        reader.readNil();
        assertThat(reader.readArray()).isEqualTo(2);
        reader.skip();
        assertThat(reader.readValue()).isEqualTo(ext);
        assertThat(reader.readMap()).isEqualTo(1);
        byte[] key = new byte[3];
        assertThat(reader.readBytes(key, 1)).isEqualTo(1);
        assertThat(key).containsExactly(0, 'k', 0);
        reader.skip();
        assertThat(reader.readByteArray()).containsExactly(1, 0);
        assertThat(reader.readText()).isEqualTo("x".repeat(200));
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.readText()).isEqualTo("x");
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void aCallForAnotherKindLeavesTheReaderWhereItWas() {
        MsgpackReader reader = reading(Value.of("text"), Value.ofUnsigned(-1));

        assertThatThrownBy(reader::readLong).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::readArray).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.readBytes(new byte[3], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(reader.readText()).isEqualTo("text");
        assertThatThrownBy(reader::readLong).isInstanceOf(ArithmeticException.class);
        assertThat(reader.readValue()).isEqualTo(Value.ofUnsigned(-1));
        assertThatThrownBy(reader::kind).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aViewShowsWhatTheMessageSays() {
        reading(Value.of(7));

        assertThat(view.type()).isEqualTo(3);
        assertThat(view.sender()).isEqualTo(Value.of("me"));
        assertThat(view.time()).isEqualTo(1_500_000_000);
        assertThat(view.payloadItems()).isEqualTo(1);
        assertThat(view.codec()).isEmpty();
        assertThat(view.toFrame().message().subFlag()).contains(Value.of(7));
        byte[] id = new byte[34];
        view.copyId(id, 1);
        assertThat(Bytes.copyOf(id, 1, 32)).isEqualTo(view.id());
    }

    private MsgpackReader reading(Value... payload) {
        Message message = new Message(3, Value.of("me"), 1_500_000_000, List.of(payload));
        byte[] frame = PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        assertThat(decoder.view(frame, 0, frame.length, view)).isEmpty();
        return view.payload();
    }
}
