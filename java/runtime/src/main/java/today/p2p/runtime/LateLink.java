package today.p2p.runtime;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.CloseReason;

/** An incoming connection that may be there before its node is: it reads when the node is there. */
final class LateLink implements Wire.Events {
    private final CompletableFuture<Wire.Events> made;
    private Wire.@Nullable Events link;
    private boolean isGone;

    LateLink(CompletableFuture<Wire.Events> made) {
        this.made = made;
    }

    @Override
    public void up(Wire wire) {
        Wire.Events now = made.getNow(null);
        if (now != null) {
            begin(wire, now);
        } else {
            wire.reads(false);
            made.thenAccept(late -> wire.loop().execute(() -> {
                if (!isGone) {
                    wire.reads(true);
                    begin(wire, late);
                }
            }));
        }
    }

    private void begin(Wire wire, Wire.Events its) {
        link = its;
        its.up(wire);
    }

    @Override
    public void received(ByteBuffer chunk) {
        if (link != null) {
            link.received(chunk);
        }
    }

    @Override
    public void written(long bytes) {
        if (link != null) {
            link.written(bytes);
        }
    }

    @Override
    public void down(CloseReason reason) {
        isGone = true;
        if (link != null) {
            link.down(reason);
        }
    }
}
