package today.p2p.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.MessageView;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/**
 * One link, from the moment its transport is up until it is closed: the link stage (chapter 12). Chunks of
 * bytes go in and verified messages come out; messages go in and frames come out, under the codec of the
 * moment. Every method returns what is to be done, in order; after the link is closed that is nothing.
 *
 * <p>Call {@link #tick} when the {@link #deadline} has come, and hand in bytes only while {@link
 * #takesBytes}; read both again after every call. Time never goes backwards. Not thread-safe: one link, one
 * thread at a time.
 */
public final class Link {
    private final LinkId id;
    private final Self self;
    private final NodeLimits limits;
    private final Reading reading;
    private final PeerCodecs codecs;
    private final Outbox outbox;
    private final KeepAlive alive;
    private final long startedAt;
    private LinkState state = LinkState.GREETING;
    private @Nullable Handshake peer;
    private boolean wantsRoom;

    /** A link whose transport is up now; call {@link #start} before anything else. */
    public Link(LinkId id, Self self, NodeLimits limits, QueueBudget budget, Intake intake, Time now) {
        this.id = id;
        this.self = self;
        this.limits = limits;
        reading = new Reading(limits, intake, now);
        codecs = new PeerCodecs(self.codecs());
        outbox = new Outbox(limits, budget);
        alive = new KeepAlive(limits, now);
        startedAt = now.nanos();
    }

    /** Where the link stands. */
    public LinkState state() {
        return state;
    }

    /** What the peer said of itself; empty before its handshake is accepted. */
    public Optional<Handshake> peer() {
        return Optional.ofNullable(peer);
    }

    /** How many bytes wait to be written. */
    public long queuedBytes() {
        return outbox.queued();
    }

    /**
     * Whether bytes should be read from the transport. False while the peer is ahead of its message rate
     * (LNK-24), while the link {@link #isHeld}, and while a frame of it is read apart; bytes that come all the same are kept.
     */
    public boolean takesBytes() {
        return state != LinkState.CLOSED && !reading.isPaused() && !reading.waits();
    }

    /** Whether it waits until what came before is handled (LNK-28): call {@link #resume} when it is. */
    public boolean isHeld() {
        return reading.isHeld();
    }

    /** The codec of what the next message is sent with; empty: raw. */
    public Optional<Codec> sendingCodec() {
        return Optional.ofNullable(codecs.sending());
    }

    /** When {@link #tick} is due, in nanoseconds of the monotonic clock; empty when closed. */
    public OptionalLong deadline() {
        if (state == LinkState.CLOSED) {
            return OptionalLong.empty();
        }
        long next = startedAt + limits.nanos(Timer.HANDSHAKE_DEADLINE);
        if (state == LinkState.OPEN) {
            next = reading.waits() ? alive.nextPingAt() : alive.deadline(outbox);
        }
        OptionalLong read = reading.deadline();
        return read.isPresent() && read.getAsLong() - next < 0 ? read : OptionalLong.of(next);
    }

    /** Tells the node stage of the link, and greets the peer (LNK-1). */
    public List<LinkOutput> start(Address remote, OptionalLong dial, Time now) {
        List<LinkOutput> out = new ArrayList<>();
        out.add(new LinkOutput.Tell(new Event.LinkUp(id, remote, dial)));
        write(new OwnMessages(self, limits).handshake(now), null, out, now);
        return out;
    }

    /** Takes all bytes of {@code chunk}, cut anywhere. */
    public List<LinkOutput> received(ByteBuffer chunk, Time now) {
        List<LinkOutput> out = new ArrayList<>();
        if (state == LinkState.CLOSED || !chunk.hasRemaining()) {
            return out;
        }
        int bytes = chunk.remaining();
        alive.heard(now);
        if (reading.feed(chunk)) {
            drain(bytes, out, now);
        } else {
            close(CloseReason.rule(ErrorCode.LIMIT, "the first frame is above max-greeting"), out);
        }
        return out;
    }

    /**
     * Sends a message of the node; nothing happens unless the link is open.
     *
     * @param isRepeatable whether resend may ask for it again (LNK-19)
     */
    public List<LinkOutput> send(PackedMessage message, boolean isRepeatable, Time now) {
        List<LinkOutput> out = new ArrayList<>();
        if (state == LinkState.OPEN && write(message, codecs.sending(), out, now) && isRepeatable) {
            outbox.remember(message);
        }
        return out;
    }

    /** Bytes of this link have left the transport. */
    public List<LinkOutput> written(long bytes, Time now) {
        outbox.written(bytes, now);
        return room();
    }

    /** Tells the node stage once, now or later, that there is room for more (12.5, SYN-15, CRD-32). */
    public List<LinkOutput> askRoom() {
        wantsRoom = true;
        return room();
    }

    private List<LinkOutput> room() {
        boolean isRoom = state == LinkState.OPEN && outbox.hasRoom();
        if (!wantsRoom || !isRoom) {
            return List.of();
        }
        wantsRoom = false;
        return List.of(new LinkOutput.Tell(new Event.Room(id)));
    }

    /** The deadline has come. */
    public List<LinkOutput> tick(Time now) {
        List<LinkOutput> out = new ArrayList<>();
        if (state == LinkState.GREETING && now.since(startedAt) >= limits.nanos(Timer.HANDSHAKE_DEADLINE)) {
            close(CloseReason.rule(ErrorCode.SLOW, "no handshake within handshake-deadline"), out);
        } else if (state != LinkState.CLOSED && reading.isLate(now)) {
            close(CloseReason.rule(ErrorCode.SLOW, "a frame took longer than frame-deadline"), out);
        } else if (state != LinkState.CLOSED && reading.holdsUp(now)) {
            close(CloseReason.rule(ErrorCode.SLOW, "others wait for a frame that comes below min-turn-rate"), out);
        } else if (state == LinkState.OPEN && !reading.waits() && alive.isDead(outbox, now)) {
            close(CloseReason.rule(ErrorCode.SLOW, "nothing came within dead-after"), out);
        } else if (state == LinkState.OPEN && alive.pings(now)) {
            write(new OwnMessages(self, limits).whisper(Opcode.PING, now), codecs.sending(), out, now);
        }
        if (reading.isPaused()) {
            drain(0, out, now);
        }
        return out;
    }

    /** Reads on after a time in which the link was held; nothing happens when it was not. */
    public List<LinkOutput> resume(Time now) {
        List<LinkOutput> out = new ArrayList<>();
        if (isHeld()) {
            // Whatever the peer said in the meantime was not read: its silence was ours (LNK-28).
            alive.heard(now);
            drain(0, out, now);
        }
        return out;
    }

    /** The frame of a {@link LinkOutput.ReadApart} was read. */
    public List<LinkOutput> readApart(Decoded read, Time now) {
        List<LinkOutput> out = new ArrayList<>();
        if (read instanceof Decoded.Refused refused) {
            close(CloseReason.of(refused.malformed()), out);
        } else if (read instanceof Decoded.Complete complete) {
            // What the peer said in the meantime was not read, as when the link is held.
            alive.heard(now);
            reading.back(complete.frame());
            take(out, now);
            drain(0, out, now);
        }
        return out;
    }

    /** Closes the link from this side. */
    public List<LinkOutput> close(CloseReason reason) {
        List<LinkOutput> out = new ArrayList<>();
        close(reason, out);
        return out;
    }

    /** The transport has lost or ended the connection. */
    public List<LinkOutput> ended(CloseReason reason) {
        List<LinkOutput> out = close(reason);
        out.removeIf(output -> output instanceof LinkOutput.Shut);
        return out;
    }

    private void drain(int arrived, List<LinkOutput> out, Time now) {
        while (state != LinkState.CLOSED && reading.next(now)) {
            take(out, now);
        }
        if (state != LinkState.CLOSED) {
            reading.takeLarge().ifPresent(frame -> out.add(new LinkOutput.ReadApart(frame)));
            reading.rest(arrived, now);
            reading.malformed().ifPresent(malformed -> close(CloseReason.of(malformed), out));
        }
    }

    /** The switch where the table of link states decides (LNK-15). */
    private void take(List<LinkOutput> out, Time now) {
        MessageView view = reading.view();
        switch (LinkAction.of(state, view.type(), reading.subFlag(), view.payloadItems())) {
            case ACCEPT, REPLACE -> greet(out);
            case CODECS -> renegotiate(out, now);
            case RESEND -> outbox.again(now).ifPresent(last -> write(last, codecs.sending(), out, now));
            case PONG -> {
                if (alive.pongs(now)) {
                    write(new OwnMessages(self, limits).whisper(Opcode.PONG, now), codecs.sending(), out, now);
                }
            }
            case ALIVE -> alive.answered();
            case PASS -> out.add(new LinkOutput.Tell(reading.pass(id)));
            case IGNORE, DROP -> {}
            case ORDER -> close(CloseReason.rule(ErrorCode.ORDER, "the first message is not a handshake"), out);
            case SHAPE -> close(CloseReason.rule(ErrorCode.SHAPE, "a message without a sub-flag"), out);
        }
    }

    private void greet(List<LinkOutput> out) {
        Greeting.Checked checked =
                new Greeting(self).check(reading.view().toFrame().message().payload());
        if (checked instanceof Greeting.Checked.Refused refused) {
            close(refused.reason(), out);
            return;
        }
        Handshake handshake = ((Greeting.Checked.Sound) checked).handshake();
        if (peer != null && !peer.id().equals(handshake.id())) {
            close(CloseReason.rule(ErrorCode.ORDER, "a further handshake with another id"), out);
            return;
        }
        peer = handshake;
        state = LinkState.OPEN;
        if (handshake.lineage() != Lineage.KIT) {
            codecs.codeAll();
        }
        codecs.replace(handshake.codecs());
        reading.accept(self.codecs());
        out.add(new LinkOutput.Tell(new Event.Greeted(id, handshake)));
    }

    private void renegotiate(List<LinkOutput> out, Time now) {
        List<Value> payload = reading.view().toFrame().message().payload();
        if (payload.size() != 2 || !(payload.get(1) instanceof Value.Array list)) {
            close(CloseReason.rule(ErrorCode.SHAPE, "renegotiate without a list of codecs"), out);
            return;
        }
        if (list.items().size() > Limit.MAX_CODECS.standard()) {
            close(CloseReason.rule(ErrorCode.LIMIT, "more than max-codecs codecs"), out);
            return;
        }
        if (codecs.replace(PeerCodecs.integers(list.items()))) {
            // Raw: the peer holds another list until it has read this (LNK-17).
            write(new OwnMessages(self, limits).codecs(codecs.sharedNumbers(), now), null, out, now);
        }
    }

    /** Whether the frame is on its way; if not, the link is closed or no frame can hold the message. */
    private boolean write(PackedMessage message, @Nullable Codec codec, List<LinkOutput> out, Time now) {
        if (state == LinkState.CLOSED) {
            return false;
        }
        Bytes frame;
        try {
            frame = message.frameFor(codec);
        } catch (NotEncodableException aboveOurLimit) {
            // A relayed message that inflates past our own max-frame: the others still get it.
            return false;
        }
        Optional<CloseReason> forbidden = outbox.add(frame.length(), now);
        forbidden.ifPresent(reason -> close(reason, out));
        if (forbidden.isPresent()) {
            return false;
        }
        return out.add(new LinkOutput.Write(frame));
    }

    private void close(CloseReason reason, List<LinkOutput> out) {
        if (state == LinkState.CLOSED) {
            return;
        }
        state = LinkState.CLOSED;
        reading.stop();
        outbox.release();
        out.add(new LinkOutput.Shut(reason));
        out.add(new LinkOutput.Tell(new Event.LinkDown(id, reason)));
    }
}
