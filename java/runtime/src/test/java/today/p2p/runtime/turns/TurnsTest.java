package today.p2p.runtime.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import today.p2p.runtime.turns.Turns.Standing;

/** LNK-29. */
class TurnsTest {
    private static final int CALM = 8;
    private static final long BUSY_FOR = 10;

    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final List<Long> order = new ArrayList<>();
    private final Map<Long, Turns.Lane> lanes = new HashMap<>();
    private final Map<Long, Long> costs = new HashMap<>();
    private boolean isCalm = true;
    private int busyMayGo = Integer.MAX_VALUE;
    private final Set<Standing> mayNotGo = EnumSet.of(Standing.WAS_BUSY, Standing.LEAST);
    private long now = -5;
    private final Faults faults = new Faults(System::nanoTime, told -> {});
    private final Turns turns = new Turns(loop::add, faults, new Turns.Rule(CALM, BUSY_FOR, this::lets), () -> now);

    @Test
    void theEventsOfOneLinkAreHandledInTheirOrder() {
        Turns.Lane lane = new Turns.Lane(new Turns.Host());
        for (long number = 1; number <= 300; number++) {
            long own = number;
            turns.add(lane, () -> handle(own, 1000 - own));
        }
        run();

        assertThat(order).hasSize(300).isSorted();
    }

    @Test
    void anEventThatIsHandledBeforeItsLaneIsListedCostsNoOtherItsTurn() { // LNK-29
        Runnable[] meanwhile = {() -> {}};
        Turns.Lane hasty = new Turns.Lane(new Turns.Host(), new ConcurrentLinkedQueue<>() {
            @Override
            public boolean add(LongSupplier event) {
                boolean isAdded = super.add(event);
                meanwhile[0].run();
                return isAdded;
            }
        });
        Turns.Lane other = new Turns.Lane(new Turns.Host());
        turns.add(hasty, () -> handle(1, 0));
        turns.add(other, () -> handle(3, 5));
        turns.add(other, () -> handle(4, 5));
        meanwhile[0] = this::run;
        turns.add(hasty, () -> handle(2, 0));
        run();

        assertThat(faults.count()).isZero();
        assertThat(order).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void whoFloodsWaitsForItselfAndNotTheOthers() { // LNK-29
        add(1, 200);
        add(2, 100);
        add(3, 1);
        run();

        assertThat(order).hasSize(301);
        assertThat(order.indexOf(3L)).isLessThanOrEqualTo(2);
        assertThat(order.subList(0, 200)).filteredOn(link -> link == 2).hasSizeBetween(99, 100);
    }

    @Test
    void whatCostsMoreHasFewerTurns() { // LNK-29
        costs.put(1L, 100L);
        costs.put(2L, 10L);
        add(1, 100);
        add(2, 100);
        run();

        assertThat(order.subList(0, 110)).filteredOn(link -> link == 1).hasSizeBetween(9, 11);
    }

    @Test
    void whatThrowsCostsAsMuchAsAnythingElse() { // LNK-29
        costs.put(2L, 10L);
        Turns.Lane thrower = new Turns.Lane(new Turns.Host());
        for (long count = 0; count < 100; count++) {
            turns.add(thrower, () -> {
                order.add(1L);
                throw new IllegalStateException("a defect of the test");
            });
        }
        add(2, 100);
        run();

        assertThat(order.subList(0, 100)).filteredOn(link -> link == 1).hasSizeBetween(49, 52);
    }

    @Test
    void whoWasQuietHasSavedNothingUp() { // LNK-29
        add(1, 50);
        run();
        order.clear();
        add(1, 50);
        add(2, 50);
        run();

        assertThat(order.subList(0, 20)).filteredOn(link -> link == 2).hasSizeBetween(9, 11);
    }

    @Test
    void aHundredLinksOfOneHostHaveThePartOfOne() { // LNK-29
        Turns.Host crowd = new Turns.Host();
        for (long link = 100; link < 200; link++) {
            lanes.put(link, new Turns.Lane(crowd));
            add(link, 3);
        }
        add(1, 50);
        run();

        assertThat(order).hasSize(350);
        assertThat(order.subList(0, 100)).filteredOn(link -> link == 1).hasSizeBetween(49, 50);
        // And the links of that host take turns among themselves.
        assertThat(order.stream().filter(link -> link >= 100).limit(100)).doesNotHaveDuplicates();
    }

    @Test
    void aHostThatWasQuietHasSavedNothingUp() { // LNK-29
        Turns.Host host = new Turns.Host();
        lanes.put(1L, new Turns.Lane(host));
        lanes.put(2L, new Turns.Lane(host));
        add(3, 50);
        run();
        order.clear();
        add(3, 50);
        add(1, 25);
        add(2, 25);
        run();

        assertThat(order.subList(0, 20)).filteredOn(link -> link == 3).hasSizeBetween(9, 11);
    }

    @Test
    void nothingIsHandledUntilItMayGoOn() {
        isCalm = false;
        add(1, 3);
        run();
        assertThat(order).isEmpty();

        isCalm = true;
        turns.wake();
        run();
        assertThat(order).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aHostIsBusyWhenMoreOfItWaitsThanMaxCalm() { // MSH-31, max-calm
        busyMayGo = 0;
        add(1, CALM + 1);
        add(2, CALM);
        run();
        assertThat(order).hasSize(CALM).containsOnly(2L);
    }

    @Test
    void aHostIsBusyUntilNothingOfItWaitsAndForAWhileAfterMuchDid() { // MSH-33, busy-for
        busyMayGo = CALM;
        add(1, CALM + 1);
        run();
        assertThat(order).hasSize(CALM);

        now += BUSY_FOR;
        add(1, 1);
        run();
        assertThat(order).hasSize(CALM);
        busyMayGo = 2;
        turns.wake();
        run();
        assertThat(order).hasSize(CALM + 2);
        add(1, 1);
        run();
        assertThat(order).hasSize(CALM + 3);
    }

    @Test
    void whoFloodsInBurstsStaysBusyBetweenThem() { // MSH-33, busy-for
        busyMayGo = CALM + 1;
        add(1, CALM + 1);
        run();
        assertThat(order).hasSize(CALM + 1);

        now += BUSY_FOR - 1;
        add(1, 1);
        run();
        assertThat(order).hasSize(CALM + 1);
        busyMayGo = 1;
        turns.wake();
        run();
        assertThat(order).hasSize(CALM + 2);
        now++;
        add(1, 1);
        run();
        assertThat(order).hasSize(CALM + 3);
    }

    @Test
    void whatTheCalmLeaveIsForTheBusyOneThatHasLeastWaiting() { // MSH-33
        busyMayGo = 0;
        add(1, 30);
        add(2, 20);
        add(3, 10);
        run();
        assertThat(order).isEmpty();

        mayNotGo.remove(Standing.WAS_BUSY);
        turns.wake();
        run();
        assertThat(order).isEmpty();
        mayNotGo.clear();
        turns.wake();
        run();
        assertThat(order.subList(0, 30))
                .containsOnly(3L, 2L)
                .startsWith(3L, 3L)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(order).hasSize(60);
    }

    @Test
    void whatTheCalmLeaveCostsNobodyElseItsTurn() { // MSH-33
        busyMayGo = 0;
        mayNotGo.clear();
        add(1, 100);
        Turns.Lane least = new Turns.Lane(new Turns.Host());
        for (int event = 0; event < 20; event++) {
            turns.add(least, () -> {
                boolean isSecond = order.contains(2L);
                order.add(2L);
                mayNotGo.addAll(
                        isSecond ? EnumSet.of(Standing.LEAST, Standing.WAS_BUSY) : EnumSet.noneOf(Standing.class));
                return 1000;
            });
        }
        run();
        assertThat(order).containsExactly(2L, 2L);

        order.clear();
        add(3, 20);
        busyMayGo = 20;
        turns.wake();
        run();
        assertThat(order).hasSize(20).filteredOn(link -> link == 3).hasSizeBetween(9, 11);
    }

    @Test
    void whoWasBusyMayGoBeforeThoseWhoAre() { // MSH-33
        busyMayGo = CALM + 1;
        add(1, CALM + 1);
        run();
        order.clear();
        add(2, 100);
        add(1, CALM);
        mayNotGo.remove(Standing.WAS_BUSY);
        run();

        assertThat(order).hasSize(CALM).containsOnly(1L);
    }

    @Test
    void whatTheCalmWaitForIsNotForTheBusy() { // MSH-33
        busyMayGo = 0;
        mayNotGo.clear();
        mayNotGo.add(Standing.CALM);
        add(1, 100);
        add(2, 1);
        run();
        assertThat(order).isEmpty();

        mayNotGo.clear();
        turns.wake();
        run();
        assertThat(order).hasSize(101).startsWith(2L);
    }

    @Test
    void whoIsNoLongerBusyIsNotBehindTheOthersForWhatItHasSaidBefore() { // MSH-33
        costs.put(1L, 1000L);
        add(1, 50);
        run();
        add(2, 1);
        run();
        now += BUSY_FOR;
        order.clear();
        costs.put(1L, 1L);
        add(2, CALM);
        add(1, CALM);
        run();

        assertThat(order.subList(0, CALM)).filteredOn(link -> link == 1).hasSizeBetween(3, 5);
    }

    @Test
    void whoBecomesBusyIsNotBehindThoseWhoWereForWhatItHasSaidWhileItWasCalm() { // MSH-33
        costs.put(1L, 1000L);
        for (int count = 0; count < 50; count++) {
            add(1, 1);
            run();
        }
        add(2, 100);
        busyMayGo = 10;
        run();
        order.clear();
        add(1, 20);
        costs.put(1L, 1L);
        busyMayGo = 20;
        turns.wake();
        run();

        assertThat(order).filteredOn(link -> link == 1).hasSizeGreaterThan(0);
    }

    @Test
    void whoHasLittleToSayNeedNotWaitForTheBusyThatMayNotGo() { // MSH-31
        busyMayGo = 0;
        add(1, 100);
        run();
        add(2, 1);
        run();
        assertThat(order).containsExactly(2L);
    }

    @Test
    void theOthersComeFirstAndTheBusyOnceInAWhile() { // MSH-31
        add(1, 100);
        for (long link = 2; link < 100; link++) {
            add(link, 1);
        }
        run();

        assertThat(order.subList(0, 8)).doesNotContain(1L);
        assertThat(order.subList(0, 90)).filteredOn(link -> link == 1).hasSize(10);
        assertThat(order).hasSize(198);
    }

    @Test
    void anEventThatFailsIsFollowedByTheNext() {
        Turns.Lane lane = new Turns.Lane(new Turns.Host());
        turns.add(lane, () -> {
            throw new IllegalStateException("a defect of the test");
        });
        turns.add(lane, () -> handle(2, 1));
        run();

        assertThat(order).containsExactly(2L);
        assertThat(faults.count()).isEqualTo(1);
    }

    private boolean lets(Standing standing) {
        return isCalm && !mayNotGo.contains(standing) && (standing != Standing.BUSY || busyMayGo-- > 0);
    }

    private void add(long link, int times) {
        Turns.Lane lane = lanes.computeIfAbsent(link, number -> new Turns.Lane(new Turns.Host()));
        for (int time = 0; time < times; time++) {
            turns.add(lane, () -> handle(link, costs.getOrDefault(link, 1L)));
        }
    }

    private long handle(long link, long cost) {
        order.add(link);
        return cost;
    }

    private void run() {
        for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
            next.run();
        }
    }
}
