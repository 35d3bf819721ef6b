package today.p2p;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import today.p2p.MeshNetwork.Sent;
import today.p2p.kernel.Delivery;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** A message that came from another node. Immutable; safe for use by several threads. */
public final class Message {
    private final Delivery delivery;
    private final MeshNetwork network;

    Message(Delivery delivery, MeshNetwork network) {
        this.delivery = delivery;
        this.network = network;
    }

    /** The id of its author: what the message claims, proved by nothing. */
    public String sender() {
        return delivery.sender().bytes().utf8();
    }

    /** Whether it went to every node; otherwise to this one alone. */
    public boolean isBroadcast() {
        return delivery.isBroadcast();
    }

    /** When it was written, by its author's clock, to the second; {@link Instant#MAX} when that is later. */
    public Instant time() {
        long seconds = delivery.time();
        return seconds > Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }

    /** The message id, 32 bytes: the same at every receiver. */
    public Bytes id() {
        return delivery.id();
    }

    /** The sub-flag under which it was sent: 0 for a broadcast and 2 for a whisper, or the application's own. */
    public int subFlag() {
        return delivery.subFlag();
    }

    /** What was sent. */
    public List<Value> values() {
        return delivery.payload();
    }

    /** How many values were sent. */
    public int size() {
        return delivery.payload().size();
    }

    /**
     * The value at an index as {@link Values} gives it: {@code null}, Boolean, Long, BigInteger, Double,
     * String, Bytes, List or Map.
     *
     * @throws IndexOutOfBoundsException when fewer were sent
     */
    public @Nullable Object get(int index) {
        return Values.toJava(delivery.payload().get(index));
    }

    /** The first value as text, whatever it is: bytes as UTF-8, numbers in digits; empty when there is none. */
    public String text() {
        return size() == 0 ? "" : text(0);
    }

    /** As {@link #text()}, of the value at an index. */
    public String text(int index) {
        Value value = delivery.payload().get(index);
        return value instanceof Value.ByteString string ? string.bytes().utf8() : value.toString();
    }

    /**
     * Whispers to its author: on a link to it, or after a search for it through the network (MSH-16).
     *
     * @return as {@link MeshNetwork#whisper(String, Object...)}
     */
    public CompletableFuture<Sent> reply(@Nullable Object... values) {
        return network.whisperValues(delivery.sender().bytes(), Opcode.WHISPER.number(), Values.row(values));
    }

    @Override
    public String toString() {
        return (isBroadcast() ? "broadcast" : "whisper") + " of " + sender() + ": " + values();
    }
}
