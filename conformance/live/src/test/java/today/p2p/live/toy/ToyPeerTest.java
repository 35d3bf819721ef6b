package today.p2p.live.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;

/** The live cases and the toy were written apart from one text; where they differ, one of the three is wrong. */
class ToyPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Loaded once: the suite has cases of many megabytes. */
    private static final List<Case> LIVE = List.copyOf(Suite.load().of(Case.LIVE));

    static Stream<Case> quick() {
        return LIVE.stream()
                .filter(each -> !each.flags().contains("Slow"))
                .filter(each -> each.id().startsWith(System.getProperty("live.cases", "")));
    }

    @TestFactory
    Stream<DynamicTest> theGoodToyPassesEveryLiveCase() {
        return quick().map(live -> DynamicTest.dynamicTest(live.toString(), () -> assertPassed(live)));
    }

    private static void assertPassed(Case live) throws InterruptedException {
        Finding finding = new Player(new ToyPeer(null), PATIENCE).play(Script.of(live));

        assertThat(finding.sort())
                .as(finding.text() + "\nexpected " + finding.expected() + "\ngot      " + finding.got() + "\n"
                        + String.join("\n", finding.told()))
                .isEqualTo(Finding.Sort.PASSED);
    }
}
