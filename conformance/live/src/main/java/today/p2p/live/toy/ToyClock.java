package today.p2p.live.toy;

/** What the toy does on a link in the course of time: LNK-8, LNK-20 to LNK-22, MSH-24. Guarded by its node. */
final class ToyClock {
    private final ToyNode node;
    private final ToyMesh mesh;

    ToyClock(ToyNode node, ToyMesh mesh) {
        this.node = node;
        this.mesh = mesh;
    }

    private boolean is(ToyDefect defect) {
        return node.is(defect);
    }

    void tick(ToyLink link, long now) {
        ToyTable table = mesh.table();
        if (link.waitsForEntries && table != null) {
            link.waitsForEntries = false;
            table.sendEntries(link);
        }
        if (link.greetAgainAt != 0 && now - link.greetAgainAt > 0) {
            link.greetAgainAt = 0;
            mesh.greet(link);
        }
        if (link.peer == null && !is(ToyDefect.STRANGERS_STAY) && now - link.began > node.timers.handshake()) {
            link.close("SLOW");
        } else if (link.begunFrame != 0
                && !is(ToyDefect.HALF_FRAMES_STAY)
                && now - link.begunFrame > node.timers.frame() + bought(link)) {
            link.close("SLOW");
        } else if (link.peer != null) {
            open(link, now);
        }
    }

    /** What has come since the frame began buys time. */
    private long bought(ToyLink link) {
        return (link.kept - link.begunWith) * 1_000_000_000 / node.bounds().limit("min-frame-rate", 16_384);
    }

    private void open(ToyLink link, long now) {
        long silence = now - link.heard;
        boolean isSilent = silence > node.timers.dead() && (link.hasPonged || is(ToyDefect.SILENCE_KILLS));
        boolean isStalled = silence > node.timers.dead()
                && now - link.outbox.stalledSince() > node.timers.dead()
                && !is(ToyDefect.STALLED_STAY);
        if (isStalled || isSilent && link.outbox.waiting() == 0 && !is(ToyDefect.DEAD_STAY)) {
            link.close("SLOW");
        } else if (!is(ToyDefect.NEVER_PINGS) && now - Math.max(link.heard, link.pingedAt) > node.timers.ping()) {
            link.pingedAt = now;
            mesh.send(link, mesh.own(2, mesh.now()).add(3), false);
        }
    }
}
