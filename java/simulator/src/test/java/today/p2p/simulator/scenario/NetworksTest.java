package today.p2p.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of whole networks; {@code ./check sim} plays the same with more nodes and more seeds. */
class NetworksTest {
    private static final int[] SEEDS = {1, 2, 3, 4, 5, 6};

    @Test
    void ofTwoNodesThatDialEachOtherAtOnceOneLinkRemainsTheSameOnBothSides() { // MSH-2, DUP-1
        for (int seed = 1; seed <= 1000; seed++) {
            Collisions.play(seed, line -> {});
        }
    }

    @Test
    void atNoClockIsABroadcastDeliveredTwiceAndOutsideTheWindowNotAtAll() { // BRD-1, MSH-10, MSH-12
        for (int tenths = -700; tenths <= 700; tenths++) {
            Clocks.play(tenths, line -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-700, -601, -600, -599, -300, 0, 300, 599, 600, 601, 609, 610, 700})
    void framesThatComeAgainAreNotDeliveredAgainWhateverTheClocksDo(int tenths) { // MSH-11, MSH-12
        Clocks.replay(tenths, line -> {});
    }

    @Test
    void nodesThatKnowOneAddressFormAMeshInWhichABroadcastCostsNoMoreThanTheFormula() { // MSH-5, MSH-9
        String report = new LargeMesh(3, 120).report(3);

        assertThat(report).startsWith("n=120, l=4, seed 3: ").contains("at most 4 dialled by a node");
    }

    @Test
    void tablesKeepTheirInvariantsAndAgreeWhenFaultsHaveStopped() { // S-1 to S-7
        for (int seed : SEEDS) {
            String hash = RandomTables.play(seed, line -> {});

            assertThat(RandomTables.play(seed, line -> {})).as("seed %d", seed).isEqualTo(hash);
        }
    }

    @Test
    void aRandomRunIsTheSameEachTimeAndAnotherOneWithAnotherSeed() { // M-10
        List<String> hashes = new ArrayList<>();
        for (int seed : SEEDS) {
            List<String> lines = new ArrayList<>();
            String hash = RandomScenario.play(seed, lines::add);
            List<String> again = new ArrayList<>();
            assertThat(RandomScenario.play(seed, again::add))
                    .as("seed %d", seed)
                    .isEqualTo(hash);
            assertThat(again).as("seed %d", seed).isEqualTo(lines);
            hashes.add(hash);
        }

        assertThat(hashes).doesNotHaveDuplicates();
    }
}
