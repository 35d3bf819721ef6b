package today.p2p.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;

/** What a run is made of: time, connections, faults; and what hostile peers cannot do. */
class SimulationTest {
    private static final long SECOND = Time.SECOND;
    private static final long MILLISECOND = Time.SECOND / 1000;

    private final List<String> lines = new ArrayList<>();

    @Test
    void aBroadcastReachesEveryNodeOnce() { // MSH-9, MSH-12
        Simulation simulation = line(5, Conditions.QUIET);
        simulation.broadcast(1, "hello");
        simulation.run(5 * SECOND);

        assertThat(deliveries(simulation, "hello")).containsExactly(0, 1, 1, 1, 1);
    }

    @Test
    void everyFrameHasALineWhenItIsSentAndWhenItHasArrived() {
        Simulation simulation = line(2, Conditions.QUIET);
        simulation.broadcast(1, "hello");
        simulation.run(SECOND);

        assertThat(lines)
                .contains("    0.000 n2   dials 11.0.0.1:4444")
                .anyMatch(line -> line.startsWith("    1.000 n1   >> n2 broadcast broadcast \"hello\" ("))
                .anyMatch(line -> line.startsWith("    1.010 n2   << n1 broadcast broadcast \"hello\" ("))
                .contains("    1.010 n2   delivers \"hello\"");
    }

    @Test
    void aFrameArrivesWholeHoweverItIsCut() { // STR-1
        Simulation simulation = line(2, Conditions.QUIET.withChunk(1));
        simulation.broadcast(1, "x".repeat(5000));
        simulation.run(SECOND);

        assertThat(deliveries(simulation, "x".repeat(5000))).containsExactly(0, 1);
    }

    @Test
    void aMessageThatLeavesFirstArrivesFirst() {
        Simulation simulation =
                line(2, Conditions.QUIET.withDelay(0, 200 * MILLISECOND).withChunk(30));
        for (int text = 10; text < 40; text++) {
            simulation.broadcast(1, "text " + text);
            simulation.run(MILLISECOND);
        }
        simulation.run(SECOND);

        List<String> delivered =
                lines.stream().filter(line -> line.contains("delivers")).toList();
        assertThat(delivered).hasSize(30);
        assertThat(delivered.stream().map(line -> line.substring(line.indexOf("delivers"))))
                .isSorted();
    }

    @Test
    void whatTheWindowDoesNotHoldWaitsWithTheSender() { // LNK-23
        Simulation simulation = new Simulation(1, Conditions.QUIET.withWindow(1000), lines::add);
        simulation.setLimits(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 3000));
        simulation.add();
        simulation.add();
        simulation.connect(2, 1);
        simulation.run(SECOND);
        simulation.stall(1, 2, true);
        for (int text = 0; text < 3; text++) {
            simulation.broadcast(1, "x".repeat(1000) + text);
            simulation.run(SECOND);
        }
        assertThat(simulation.view().isPeer(1, 2)).isTrue();

        simulation.broadcast(1, "x".repeat(1000) + 3);
        assertThat(lines).anyMatch(line -> line.contains("down: LIMIT: the peer does not read: max-link-queue"));
    }

    @Test
    void noOneAnswersBehindAPartitionUntilTheTimeout() {
        Simulation simulation = line(2, Conditions.QUIET);
        simulation.add();
        simulation.partition(List.of(List.of(3), List.of(1, 2)));
        long call = simulation.connect(3, 1);
        simulation.run(10 * SECOND);
        assertThat(simulation.view().outcome(3, call)).isEmpty();

        simulation.run(SECOND);
        assertThat(simulation.view().outcome(3, call)).contains("NotConnected");
    }

    @Test
    void anAddressWhereNobodyListensRefusesAtOnce() {
        Simulation simulation = line(1, Conditions.QUIET);
        long call = simulation.call(1, number -> new Call.Connect(number, new Address("11.9.9.9", 1)));
        simulation.run(20 * MILLISECOND);

        assertThat(simulation.view().outcome(1, call)).contains("NotConnected");
    }

    @Test
    void whatWasSentBeforeAPartitionArrivesAfterIt() {
        Simulation simulation = line(2, Conditions.QUIET);
        simulation.broadcast(1, "hello");
        simulation.partition(List.of(List.of(1), List.of(2)));
        simulation.run(5 * SECOND);
        assertThat(deliveries(simulation, "hello")).containsExactly(0, 0);

        simulation.heal();
        simulation.run(SECOND);
        assertThat(deliveries(simulation, "hello")).containsExactly(0, 1);
    }

    @Test
    void aMachineThatLostItsPowerSaysNothing() {
        Simulation simulation = line(2, Conditions.QUIET);
        simulation.crash(2);
        simulation.run(10 * SECOND);
        assertThat(simulation.view().peers(1)).containsExactly(2);

        simulation.restart(2);
        simulation.broadcast(1, "are you there");
        simulation.run(SECOND);
        // The machine is back and knows nothing of the connection.
        assertThat(simulation.view().peers(1)).isEmpty();
    }

    @Test
    void theConnectionsOfAKilledProcessEnd() {
        Simulation simulation = line(2, Conditions.QUIET);
        simulation.kill(2);
        simulation.run(SECOND);

        assertThat(simulation.view().peers(1)).isEmpty();
        assertThat(simulation.view().isUp(2)).isFalse();
    }

    @Test
    void aNodeThatLeavesTellsEverybody() {
        Simulation simulation = line(3, Conditions.QUIET);
        simulation.call(1, Call.Close::new);
        simulation.run(SECOND);

        assertThat(simulation.view().peers(2)).containsExactly(3);
        assertThat(simulation.view().links(1)).isZero();
    }

    @Test
    void anotherSeedIsAnotherRun() {
        Conditions jittery = Conditions.QUIET.withDelay(0, SECOND);

        assertThat(hash(1, jittery)).isEqualTo(hash(1, jittery)).isNotEqualTo(hash(2, jittery));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_KEYS") // Scenario table-hostile has it, with tables.
    void anAttackHarmsNoHonestLink(Attack attack) { // LNK-13, LNK-22 to LNK-26, MSH-2, MSH-7
        Simulation simulation = line(4, Conditions.QUIET);
        for (int times = 0; times < 5; times++) {
            simulation.attack(attack, 1);
            simulation.attack(attack, 3);
        }
        simulation.run(70 * SECOND);
        simulation.broadcast(2, "still here");
        simulation.run(SECOND);

        assertThat(simulation.view().honestLinksLost()).isZero();
        assertThat(deliveries(simulation, "still here")).containsExactly(1, 0, 1, 1);
        assertThat(simulation.view().peers(1)).containsExactly(2, 3, 4);
    }

    @Test
    void anUnknownNodeIsAMistakeOfTheCaller() {
        Simulation simulation = line(1, Conditions.QUIET);

        assertThatThrownBy(() -> simulation.connect(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private String hash(long seed, Conditions conditions) {
        Simulation simulation = new Simulation(seed, conditions);
        simulation.add();
        simulation.add();
        simulation.connect(2, 1);
        simulation.run(5 * SECOND);
        return simulation.view().traceHash();
    }

    private Simulation line(int nodes, Conditions conditions) {
        Simulation simulation = new Simulation(1, conditions, lines::add);
        for (int node = 1; node <= nodes; node++) {
            simulation.add();
            if (node > 1) {
                simulation.connect(node, node - 1);
                simulation.run(SECOND);
            }
        }
        return simulation;
    }

    private static List<Integer> deliveries(Simulation simulation, String text) {
        List<Integer> times = new ArrayList<>();
        for (int node = 1; node <= simulation.view().nodes(); node++) {
            times.add(simulation.view().delivered(node, text));
        }
        return times;
    }
}
