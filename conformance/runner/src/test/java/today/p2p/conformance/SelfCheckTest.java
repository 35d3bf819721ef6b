package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.report.RunReport;
import today.p2p.vectors.Suite;

class SelfCheckTest {
    @Test
    void everyBrokenTesteeIsCaughtAndTheGoodOneIsGreen() throws Exception {
        RunReport.SelfCheck result = new SelfCheck(Specification.load(), Suite.load()).run();

        assertThat(result.probes())
                .hasSize(10)
                .allSatisfy(probe -> assertThat(probe.got()).as(probe.name()).isEqualTo(probe.expected()));
        System.out.println("self-check took " + result.elapsed());
    }

    @Test
    void whatWasLateIsTriedAgainAloneAndWithPatience() throws Exception {
        SelfCheck.Try hasty = patience -> new RunReport.Probe("hasty", "PASS", patience > 1 ? "PASS" : "FAIL/TIMEOUT");
        SelfCheck.Try wrong = patience -> new RunReport.Probe("wrong", "FAIL/CRASH", "PASS");

        assertThat(SelfCheck.probes(List.of(hasty, wrong)))
                .extracting(RunReport.Probe::passed)
                .containsExactly(true, false);
    }
}
