package today.p2p;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners of one kind, in the order in which they were added; one added twice is there twice. */
final class Registered<T> {
    private final List<Place<T>> places = new CopyOnWriteArrayList<>();

    Subscription add(T listener) {
        Place<T> place = new Place<>(Objects.requireNonNull(listener));
        places.add(place);
        return () -> places.remove(place);
    }

    List<T> all() {
        return places.stream().map(place -> place.listener).toList();
    }

    Registered<T> copy() {
        Registered<T> copy = new Registered<>();
        all().forEach(copy::add);
        return copy;
    }

    /** One adding: equal to itself alone. */
    private static final class Place<T> {
        private final T listener;

        Place(T listener) {
            this.listener = listener;
        }
    }
}
