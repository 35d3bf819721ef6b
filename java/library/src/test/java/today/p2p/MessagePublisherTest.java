package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link Flow}: as many as were asked for, in order, and one end. */
@SuppressWarnings("NullAway") // fields are set before each test, and by onSubscribe
class MessagePublisherTest {
    private final Town town = new Town();
    private @Nullable MeshNetwork author;
    private @Nullable MeshNetwork node;

    @BeforeEach
    void link() {
        author = town.add();
        node = town.add();
        Town.link(author, node);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void noMoreComesThanWasAskedFor() {
        Asking asking = subscribe(2);
        send("a", "b", "c");
        await().atMost(Town.SOON).until(() -> asking.events.size() == 2);
        await().atMost(Town.SOON).until(() -> town.heard(node).size() == 3);
        assertThat(asking.events).containsExactly("a", "b");
        assertThat(node.status().unhandledBytes()).as("the third is still held").isPositive();

        asking.subscription.request(1);
        await().atMost(Town.SOON).until(() -> asking.events.size() == 3);
        assertThat(asking.events).containsExactly("a", "b", "c");
        await().atMost(Town.SOON).until(() -> node.status().unhandledBytes() == 0);
    }

    @Test
    void whoCancelsHearsNoMoreAndHoldsNothing() {
        Asking asking = subscribe(0);
        send("a");
        await().atMost(Town.SOON).until(() -> town.heard(node).size() == 1);
        asking.subscription.cancel();
        asking.subscription.cancel();
        asking.subscription.request(5);
        send("b");
        await().atMost(Town.SOON).until(() -> town.heard(node).size() == 2);

        await().atMost(Town.SOON).until(() -> node.status().unhandledBytes() == 0);
        assertThat(asking.events).isEmpty();
    }

    @Test
    void whoAsksForNothingOrLessIsToldSo() {
        Asking asking = subscribe(0);
        asking.subscription.request(0);

        await().atMost(Town.SOON).until(() -> !asking.events.isEmpty());
        assertThat(asking.events).containsExactly("IllegalArgumentException");
    }

    @Test
    void askingForAllIsForAll() {
        Asking asking = subscribe(Long.MAX_VALUE);
        asking.subscription.request(Long.MAX_VALUE);
        send("a", "b");

        await().atMost(Town.SOON).until(() -> asking.events.size() == 2);
    }

    @Test
    void theEndOfTheNetworkIsTheEndOfTheStream() {
        Asking asking = subscribe(1);
        send("a", "b");
        await().atMost(Town.SOON).until(() -> town.heard(node).size() == 2);
        node.close();

        assertThat(asking.events).containsExactly("a", "complete");
    }

    @Test
    void aSubscriberThatThrowsIsDroppedAndTheOthersAreServed() {
        Asking thrower = subscribe(Long.MAX_VALUE);
        thrower.throwsUp = true;
        Asking other = subscribe(Long.MAX_VALUE);
        send("a", "b");

        await().atMost(Town.SOON).until(() -> other.events.size() == 2);
        assertThat(thrower.events).hasSize(1);
        await().atMost(Town.SOON).until(() -> node.status().unhandledBytes() == 0);
    }

    @Test
    void aSubscriberThatThrowsAtOnceHoldsNothing() {
        Asking thrower = new Asking(0);
        thrower.throwsAtOnce = true;
        node.messages().subscribe(thrower);
        send("a", "b");
        await().atMost(Town.SOON).until(() -> town.heard(node).size() == 2);

        await().atMost(Town.SOON).until(() -> node.status().unhandledBytes() == 0);
        assertThat(thrower.events).isEmpty();
    }

    @Test
    void whoSubscribesAfterTheEndIsToldThatItIsOver() {
        node.close();
        Asking late = subscribe(1);

        await().atMost(Town.SOON).until(() -> !late.events.isEmpty());
        late.subscription.request(1);
        late.subscription.cancel();
        assertThat(late.events).containsExactly("complete");
    }

    private void send(String... texts) {
        for (String text : texts) {
            author.broadcast(text).join();
        }
    }

    private Asking subscribe(long count) {
        Asking asking = new Asking(count);
        node.messages().subscribe(asking);
        await().atMost(Town.SOON).until(() -> asking.subscription != null);
        return asking;
    }

    private static final class Asking implements Flow.Subscriber<Message> {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final long first;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean throwsUp;
        private volatile boolean throwsAtOnce;

        Asking(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscription = its;
            if (throwsAtOnce) {
                throw new IllegalStateException("a subscriber of the test");
            }
            if (first > 0) {
                its.request(first);
            }
        }

        @Override
        public void onNext(Message message) {
            events.add(message.text());
            if (throwsUp) {
                throw new IllegalStateException("a subscriber of the test");
            }
        }

        @Override
        public void onError(Throwable failure) {
            events.add(failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }
}
