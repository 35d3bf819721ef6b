package today.p2p.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterTest {
    @ParameterizedTest
    @EnumSource
    void whatOneMemberPutsTheOtherGets(Cluster cluster) throws Exception {
        List<Member> members = cluster.start(2);
        try {
            members.get(0).put("key", new byte[] {7}).get(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> members.get(1).get("key").get(60, TimeUnit.SECONDS) != null);
            assertThat(members.get(1).get("key").get(60, TimeUnit.SECONDS)).containsExactly(7);
        } finally {
            members.forEach(Member::close);
        }
    }
}
