package today.p2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Listeners of one kind, in the order in which they were added; one added twice is there twice. */
final class Registered<T> {
    // Asked for with each message, changed now and then: all is made anew at each change.
    private List<Place<T>> places = List.of();
    private volatile List<T> all = List.of();

    synchronized Subscription add(T listener) {
        Place<T> place = new Place<>(Objects.requireNonNull(listener, "listener"));
        List<Place<T>> more = new ArrayList<>(places);
        more.add(place);
        set(more);
        return () -> remove(place);
    }

    List<T> all() {
        return all;
    }

    Registered<T> copy() {
        Registered<T> copy = new Registered<>();
        all().forEach(copy::add);
        return copy;
    }

    private synchronized void remove(Place<T> place) {
        List<Place<T>> fewer = new ArrayList<>(places);
        fewer.remove(place);
        set(fewer);
    }

    private void set(List<Place<T>> changed) {
        places = changed;
        all = changed.stream().map(place -> place.listener).toList();
    }

    /** One adding: equal to itself alone. */
    private static final class Place<T> {
        private final T listener;

        Place(T listener) {
            this.listener = listener;
        }
    }
}
