package today.p2p.testee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.ChordCall;
import today.p2p.chord.ChordNews;
import today.p2p.chord.ChordOutcome;
import today.p2p.chord.Share;
import today.p2p.chord.Table;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One share of a Chord Table without a network: messages, calls and time go in, and what it does is kept. */
final class ChordScene {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MILLI = Time.SECOND / 1000;
    private static final Address NOWHERE = new Address("192.0.2.1", 0);
    private static final List<String> HASHES =
            List.of(Table.values()).stream().map(Table::hashName).toList();

    private static final List<Value> NOT_TOLD =
            List.of(Value.of(Opcode.REQUEST.number()), Value.of(Opcode.PING.number()));

    private final Share share;
    private final Self self;
    private final List<ObjectNode> did = new ArrayList<>();
    private final Set<Long> merges = new HashSet<>();
    private long nanos;

    ChordScene(NodeId own, NodeLimits limits) {
        self = new Self(own, ProtocolId.of("chord", Encryption.PLAINTEXT), Dialect.UNIVERSAL, NOWHERE, List.of());
        share = new Share(
                self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    }

    private Time now() {
        return new Time(nanos, Scene.WALL);
    }

    void meet(int link, NodeId id, Lineage lineage) {
        perform(share.joined(
                new LinkId(link), new Handshake(id, NOWHERE, List.of(), List.of(), lineage), false, now()));
    }

    void lose(int link) {
        perform(share.left(new LinkId(link), now()));
    }

    void receive(int link, int type, List<Value> payload) {
        Frame frame = frame(new Message(type, Value.text(self.id().bytes()), Scene.WALL, payload));
        int flag = (int) ((Value.Int) payload.get(0)).longValue();
        Event.Received message = new Event.Received(new LinkId(link), frame, type, flag, payload.size(), Scene.WALL);
        perform(share.received(message, now()));
    }

    private static Frame frame(Message message) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        return ((Decoded.Complete)
                        decoder.decode(PackedMessage.of(message, Limits.DEFAULT).frameFor(null)))
                .frame();
    }

    void call(ChordCall call) {
        if (call instanceof ChordCall.Merge) {
            merges.add(call.number());
        }
        perform(share.called(call, this::draft, now()));
    }

    private Optional<Draft> draft(List<Value> payload) {
        Message message = new Message(0, Value.text(self.id().bytes()), Scene.WALL, payload);
        return Optional.of(new Draft(Scene.WALL, PackedMessage.of(message, Limits.DEFAULT)));
    }

    /** Lets time pass, with every deadline kept in its turn. */
    void passTo(long millis) {
        long end = millis * MILLI;
        for (OptionalLong next = share.deadline();
                next.isPresent() && next.getAsLong() <= end;
                next = share.deadline()) {
            nanos = Math.max(nanos, next.getAsLong());
            perform(share.tick(now()));
        }
        nanos = Math.max(nanos, end);
    }

    private void perform(List<TableEffect> effects) {
        for (TableEffect effect : effects) {
            if (effect instanceof TableEffect.Whisper whisper) {
                sent((int) whisper.link().value(), whisper.payload());
            } else if (effect instanceof TableEffect.Broadcast broadcast) {
                Frame frame = frame(broadcast.draft().message());
                sent(null, frame.message().payload());
            } else if (effect instanceof TableEffect.Perform perform) {
                perform(perform.effect());
            }
        }
    }

    private static Frame frame(PackedMessage message) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, List.of());
        return ((Decoded.Complete) decoder.decode(message.frameFor(null))).frame();
    }

    // What asks for peers comes by chance (CRD-19).
    private void sent(@Nullable Integer to, List<Value> payload) {
        if (!NOT_TOLD.contains(payload.get(0))) {
            ObjectNode sent = NODES.objectNode().put("to", to);
            did.add(sent.set("payload", Notation.array(payload)));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.AskRoom ask) {
            perform(share.hasRoom(ask.link(), now())); // all that was sent has left
        } else if (effect instanceof Effect.TellTable told) {
            boolean isNew = told.news() instanceof ChordNews.Added;
            Bytes key = told.news() instanceof ChordNews.Added added
                    ? added.key()
                    : ((ChordNews.Deleted) told.news()).key();
            ObjectNode event = NODES.objectNode().put("told", isNew ? "add" : "delete");
            did.add(event.set("key", Notation.write(Value.of(key))));
        } else if (effect instanceof Effect.Complete complete && complete.call() >= 0) {
            boolean isMerged = merges.contains(complete.call()) && complete.outcome() instanceof ChordOutcome.Found;
            ObjectNode how = isMerged ? NODES.objectNode().put("end", "done") : ended(complete.outcome());
            did.add(NODES.objectNode().put("call", complete.call()).setAll(how));
        }
    }

    private static ObjectNode ended(Outcome outcome) {
        ObjectNode how = NODES.objectNode();
        if (outcome instanceof ChordOutcome.Refused refused) {
            return how.put("err", refused.why().code().name());
        } else if (outcome instanceof ChordOutcome.Found found) {
            return how.put("end", "found").set("value", Notation.write(found.value()));
        } else if (outcome instanceof ChordOutcome.TimedOut late) {
            return how.put("end", "late").put("answers", late.answers());
        } else if (outcome instanceof ChordOutcome.Left left) {
            return how.put("end", "left").put("unconfirmed", left.unconfirmed());
        } else if (outcome instanceof ChordOutcome.Absent) {
            return how.put("end", "absent");
        }
        return how.put("end", outcome instanceof ChordOutcome.NoMajority ? "split" : "done");
    }

    /** What was done since the last time, in the order of the testee protocol. */
    ArrayNode taken() {
        ArrayNode taken = NODES.arrayNode();
        did.stream()
                .sorted(Comparator.comparingInt(ChordScene::kind)
                        .thenComparingInt(each -> each.path("to").asInt(-1))
                        .thenComparingInt(each -> each.path("payload").path(0).asInt(-1))
                        .thenComparingInt(ChordScene::table)
                        .thenComparing(ObjectNode::toString))
                .forEach(taken::add);
        did.clear();
        return taken;
    }

    private static int kind(ObjectNode each) {
        return each.has("payload") ? 0 : each.has("told") ? 1 : 2;
    }

    private static int table(ObjectNode each) {
        if (each.path("payload").size() > 1
                && Notation.read(each.path("payload").get(1)) instanceof Value.ByteString name) {
            return HASHES.indexOf(name.bytes().utf8());
        }
        return -1;
    }
}
