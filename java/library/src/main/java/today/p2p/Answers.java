package today.p2p;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import today.p2p.MeshNetwork.Sent;
import today.p2p.chord.ChordOutcome;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Outcome;

/** Outcomes of calls as what their futures hold or fail with. */
final class Answers {
    private Answers() {}

    /** The future of an answer; cancelling it cancels the call. */
    static <T extends @Nullable Object> CompletableFuture<T> of(
            CompletableFuture<Outcome> called, Function<Outcome, T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        called.thenAccept(outcome -> {
            try {
                answer.complete(read.apply(outcome));
            } catch (PeerException failed) {
                answer.completeExceptionally(failed);
            }
        });
        answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
                called.cancel(false);
            }
        });
        return answer;
    }

    static Peer connected(Outcome outcome, Address address) {
        if (outcome instanceof Outcome.Connected connected) {
            return new Peer(connected.peer().id(), connected.peer().address());
        }
        if (outcome instanceof Outcome.NotConnected not) {
            throw new NotConnectedException(address.toString(), not.reason());
        }
        String why = outcome instanceof Outcome.Failed failed ? failed.detail() : outcome.toString();
        throw new NotConnectedException(address.toString(), CloseReason.because(CloseReason.Cause.LOCAL, why));
    }

    static Sent sent(Outcome outcome) {
        if (outcome instanceof Outcome.Sent sent) {
            return new Sent(sent.id(), sent.links());
        }
        throw failed(outcome);
    }

    static @Nullable Void done(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return null;
        }
        throw failed(outcome);
    }

    /** What a key of a {@link ChordTable} has. */
    static Optional<Object> found(Outcome outcome) {
        if (outcome instanceof ChordOutcome.Absent) {
            return Optional.empty();
        } else if (outcome instanceof ChordOutcome.Found found) {
            return Optional.ofNullable(Values.toJava(found.value()));
        }
        throw ChordException.of(outcome);
    }

    static List<NodeId> owners(Outcome outcome) {
        if (outcome instanceof ChordOutcome.Owners owners) {
            return owners.nodes();
        }
        throw ChordException.of(outcome);
    }

    static @Nullable Void stored(Outcome outcome) {
        if (outcome instanceof ChordOutcome.Stored || outcome instanceof Outcome.Done) {
            return null;
        }
        throw ChordException.of(outcome);
    }

    static int left(Outcome outcome) {
        if (outcome instanceof ChordOutcome.Left left) {
            return left.unconfirmed();
        }
        throw ChordException.of(outcome);
    }

    static PeerException failed(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return new NotSentException(failed.error(), failed.detail());
        }
        throw new AssertionError("an outcome of another call: " + outcome);
    }
}
