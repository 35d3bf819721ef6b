package today.p2p.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrowdTest {
    @ParameterizedTest
    @EnumSource
    void aBroadcastArrivesOnceAtEachNodeButTheOneThatSentIt(Crowd crowd) throws Exception {
        BlockingQueue<Byte> heard = new LinkedBlockingQueue<>();
        List<Speaker> speakers = crowd.start(3, (array, offset) -> heard.add(array[offset]));

        speakers.get(1).broadcast(new byte[] {7});

        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo((byte) 7);
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo((byte) 7);
        // Whatever would come a third time had come by then: the next is another.
        speakers.get(2).broadcast(new byte[] {9});
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo((byte) 9);
    }
}
