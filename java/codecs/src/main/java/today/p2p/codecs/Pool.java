package today.p2p.codecs;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A few native contexts kept for reuse, because making one costs more than using it. Holds at most
 * {@link #SLOTS}; what does not fit is released at once, so native memory is bounded whatever the
 * load. Thread-safe, never blocks.
 */
final class Pool<T> {
    private static final int SLOTS = 4;

    private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> make;
    private final Consumer<T> release;

    Pool(Supplier<T> make, Consumer<T> release) {
        this.make = make;
        this.release = release;
    }

    /** A context that is the caller's alone until {@link #give}. */
    T take() {
        for (int slot = 0; slot < SLOTS; slot++) {
            T found = idle.getAndSet(slot, null);
            if (found != null) {
                return found;
            }
        }
        return make.get();
    }

    /** Takes back a context, ready for its next use. */
    void give(T context) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (idle.compareAndSet(slot, null, context)) {
                return;
            }
        }
        release.accept(context);
    }
}
