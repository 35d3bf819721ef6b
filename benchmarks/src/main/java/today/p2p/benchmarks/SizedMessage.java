package today.p2p.benchmarks;

import java.util.List;
import java.util.Random;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Messages of a given size: what a whisper with one binary item looks like. */
final class SizedMessage {
    private SizedMessage() {}

    /** A message whose bare message has exactly {@code bareBytes} bytes (32 to 65,000). */
    static Message of(int bareBytes) {
        Message best = with(0);
        for (int content = Math.max(0, bareBytes - 32);
                best.payload().isEmpty() || bare(best) != bareBytes;
                content++) {
            best = with(content);
            if (bare(best) > bareBytes) {
                throw new IllegalArgumentException("no message has a bare message of " + bareBytes + " bytes");
            }
        }
        return best;
    }

    private static Message with(int content) {
        byte[] bytes = new byte[content];
        new Random(7).nextBytes(bytes);
        return new Message(2, Value.of("node"), 1_790_000_000L, List.of(Value.of(2), Value.of(Bytes.of(bytes))));
    }

    private static int bare(Message message) {
        return PackedMessage.of(message, Limits.DEFAULT).bare().length();
    }
}
