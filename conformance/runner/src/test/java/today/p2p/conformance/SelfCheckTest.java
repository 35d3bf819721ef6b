package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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
}
