package today.p2p.runtime;

import today.p2p.runtime.turns.Baton;

/**
 * The home loop as the parts of the node stage see it: what it runs for them has the baton, so that none of them runs
 * while another thread handles an event.
 */
record StageLoop(Wire.Loop home, Baton baton) implements Wire.Loop {
    @Override
    public void execute(Runnable task) {
        baton.execute(task);
    }

    /** Whether the caller is on the home thread; it need not have the baton. */
    @Override
    public boolean isCurrent() {
        return home.isCurrent();
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        Later later = new Later(task);
        Runnable takeBack = home.after(nanos, () -> baton.execute(later));
        return () -> {
            later.isTakenBack = true;
            takeBack.run();
        };
    }

    /** A task whose time may have come, and which may still be taken back by whoever has the baton before it. */
    private static final class Later implements Runnable {
        private final Runnable task;
        /** Of whoever has the baton. */
        private boolean isTakenBack;

        Later(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!isTakenBack) {
                task.run();
            }
        }
    }
}
