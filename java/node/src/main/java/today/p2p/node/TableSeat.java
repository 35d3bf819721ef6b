package today.p2p.node;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Table;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.mesh.Mesh;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.PackedMessage;

/** Where a node's table sits, if it has one: tells it what happens, and does what it asks for with the mesh. */
final class TableSeat {
    private final Mesh mesh;
    private final @Nullable Table table;
    /** Questions for peers that wait until the entries before them are through (SYN-16). */
    private final Map<LinkId, Event.Received> questions = new TreeMap<>();

    TableSeat(Mesh mesh, @Nullable Table table) {
        this.mesh = mesh;
        this.table = table;
    }

    void joined(Event.Greeted greeted, boolean isOutgoing, List<Effect> effects, Time now) {
        if (table != null) {
            perform(table.joined(greeted.link(), greeted.handshake(), isOutgoing, now), effects, now);
        }
    }

    void left(LinkId link, List<Effect> effects, Time now) {
        questions.remove(link);
        if (table != null) {
            perform(table.left(link, now), effects, now);
        }
    }

    void received(Event.Received message, List<Effect> effects, Time now) {
        if (table != null) {
            perform(table.received(message, now), effects, now);
        }
    }

    boolean mayRelay(Event.Received message, LinkId to) {
        return table == null || table.mayRelay(message, to);
    }

    boolean wants(PeerInfo named) {
        return table != null && table.wants(named);
    }

    void hasRoom(LinkId link, List<Effect> effects, Time now) {
        if (table == null) {
            return;
        }
        perform(table.hasRoom(link, now), effects, now);
        Event.Received question = table.isSendingTo(link) ? null : questions.remove(link);
        if (question != null) {
            mesh.list(question, effects, now);
        }
    }

    /** A peer asks for our peers: at once, or when what it is being sent is through (SYN-16). */
    void list(Event.Received question, List<Effect> effects, Time now) {
        if (table != null && table.isSendingTo(question.link())) {
            questions.putIfAbsent(question.link(), question);
        } else {
            mesh.list(question, effects, now);
        }
    }

    void called(Call.OnTable call, List<Effect> effects, Time now) {
        if (table == null) {
            effects.add(Effect.Complete.failed(call.number(), ErrorCode.NOOP, "the node has no table"));
        } else {
            perform(table.called(call, payload -> mesh.draft(payload, now), now), effects, now);
        }
    }

    void tick(List<Effect> effects, Time now) {
        if (table != null) {
            perform(table.tick(now), effects, now);
        }
    }

    OptionalLong deadline() {
        return table == null ? OptionalLong.empty() : table.deadline();
    }

    void close(List<Effect> effects) {
        if (table != null) {
            table.close().forEach(effect -> pass(effect, effects));
        }
    }

    /** What goes to several peers is made once. */
    @SuppressWarnings("ReferenceEquality") // the same list, not an equal one: that costs nothing to see
    private void perform(List<TableEffect> wishes, List<Effect> effects, Time now) {
        @Nullable List<Value> before = null;
        @Nullable PackedMessage packed = null;
        for (TableEffect wish : wishes) {
            if (wish instanceof TableEffect.Broadcast broadcast) {
                mesh.send(broadcast.draft(), broadcast.except(), effects, now);
            } else if (wish instanceof TableEffect.Whisper whisper) {
                packed = whisper.payload() == before ? packed : mesh.pack(whisper.payload(), now);
                before = whisper.payload();
                if (packed != null) {
                    effects.add(new Effect.Send(whisper.link(), packed, whisper.isRepeatable()));
                }
            } else {
                pass(wish, effects);
            }
        }
    }

    /** A node that closes says nothing more to anybody. */
    private static void pass(TableEffect wish, List<Effect> effects) {
        if (wish instanceof TableEffect.Perform perform) {
            effects.add(perform.effect());
        }
    }
}
