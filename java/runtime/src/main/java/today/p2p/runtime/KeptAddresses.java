package today.p2p.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Outcome;

/**
 * Dials the addresses that the application wants to stay linked to, and dials them again when their links are
 * lost. On the thread of the node stage alone.
 */
final class KeptAddresses {
    private final NodeStage stage;
    private final Wire.Loop home;
    private final RuntimeOptions options;
    private final List<Kept> kept = new ArrayList<>();
    private boolean isStopped;

    KeptAddresses(NodeStage stage, Wire.Loop home, RuntimeOptions options) {
        this.stage = stage;
        this.home = home;
        this.options = options;
        options.keep().forEach(address -> kept.add(new Kept(address)));
    }

    void start() {
        kept.forEach(Kept::dial);
    }

    void stop() {
        isStopped = true;
        kept.forEach(address -> address.takeBack.run());
    }

    /** Something for the application: a peer that is lost may be one of these. */
    void see(Effect effect) {
        if (effect instanceof Effect.PeerDisconnected gone) {
            kept.forEach(address -> address.lost(gone.peer().id()));
        }
    }

    private final class Kept {
        private final Address address;
        private Optional<NodeId> peer = Optional.empty();
        private long connectedAt;
        private int failures;
        private Runnable takeBack = () -> {};

        Kept(Address address) {
            this.address = address;
        }

        void dial() {
            if (!isStopped) {
                stage.call(number -> new Call.Connect(number, address), this::ended);
            }
        }

        void lost(NodeId id) {
            if (peer.isPresent() && peer.get().equals(id)) {
                peer = Optional.empty();
                // A link that is lost as soon as it is there is a failure too.
                boolean lasted = options.clock().get().since(connectedAt)
                        >= options.backoff().most().toNanos();
                failures = lasted ? 0 : failures;
                again();
            }
        }

        private void ended(Outcome outcome) {
            if (outcome instanceof Outcome.Connected connected) {
                peer = Optional.of(connected.peer().id());
                connectedAt = options.clock().get().nanos();
            } else {
                again();
            }
        }

        private void again() {
            if (!isStopped) {
                failures++;
                long wait = options.backoff().after(failures, options.random()).toNanos();
                takeBack = home.after(wait, () -> stage.execute(this::dial));
            }
        }
    }
}
