package today.p2p.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import today.p2p.chord.ChordNews;
import today.p2p.kernel.Delivery;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.TableNews;
import today.p2p.msgpack.Value;
import today.p2p.sync.SyncNews;

/** What uses the node of a host, in all its lives: keeps what it is told, and writes it into the trace. */
final class Application {
    private final World world;
    private final Host host;
    private final Map<String, Integer> delivered = new TreeMap<>();
    private final Map<Long, String> outcomes = new LinkedHashMap<>();
    private Optional<String> lastOutcome = Optional.empty();

    Application(World world, Host host) {
        this.world = world;
        this.host = host;
    }

    /** How often a message with this text was delivered. */
    int delivered(String text) {
        return delivered.getOrDefault(text, 0);
    }

    /** How a call ended; empty while it has not. */
    Optional<String> outcome(long call) {
        return Optional.ofNullable(outcomes.get(call));
    }

    /** How the newest call ended of those that have. */
    Optional<String> lastOutcome() {
        return lastOutcome;
    }

    /** Is told something. */
    void take(Effect effect) {
        if (effect instanceof Effect.Deliver deliver) {
            Delivery message = deliver.delivery();
            String text =
                    message.payload().isEmpty() ? "" : text(message.payload().get(0));
            delivered.merge(text, 1, Integer::sum);
            trace("delivers " + FrameText.shown(Value.of(text)));
        } else if (effect instanceof Effect.Complete complete) {
            String outcome = name(complete.outcome());
            outcomes.put(complete.call(), outcome);
            lastOutcome = Optional.of(outcome);
            trace("call " + complete.call() + ": " + outcome);
        } else if (effect instanceof Effect.PeerConnected connected) {
            trace("has the peer " + nameOf(connected.peer()));
        } else if (effect instanceof Effect.PeerDisconnected gone) {
            trace("loses the peer " + nameOf(gone.peer()) + ": " + gone.reason());
        } else if (effect instanceof Effect.TellTable tell) {
            trace("table: " + said(tell.news()));
        }
    }

    private void trace(String what) {
        world.trace().line(host.name(), what);
    }

    private String nameOf(PeerInfo peer) {
        return world.nameOf(peer.id());
    }

    private static String text(Value value) {
        return value instanceof Value.ByteString string && string.bytes().isUtf8()
                ? string.bytes().utf8()
                : value.toString();
    }

    private static String said(TableNews news) {
        if (news instanceof SyncNews.Updated updated) {
            Value key = Value.of(updated.key());
            return FrameText.shown(key) + " = "
                    + FrameText.shown(updated.entry().value());
        }
        if (news instanceof ChordNews.Added added) {
            return FrameText.shown(Value.of(added.key())) + " announced";
        }
        if (news instanceof ChordNews.Deleted gone) {
            return FrameText.shown(Value.of(gone.key())) + " announced as deleted";
        }
        return news instanceof SyncNews.Deleted deleted
                ? FrameText.shown(Value.of(deleted.key())) + " deleted"
                : "ready";
    }

    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.error().name();
        }
        return outcome instanceof Outcome.Sent sent
                ? "Sent on " + sent.links()
                : outcome.getClass().getSimpleName();
    }
}
