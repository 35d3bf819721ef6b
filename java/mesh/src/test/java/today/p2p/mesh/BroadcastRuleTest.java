package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BRD-1. */
class BroadcastRuleTest {
    @ParameterizedTest
    @CsvSource({
        "1499999940, false, TOO_OLD",
        "1499999941, false, ACCEPT",
        "1500000000, false, ACCEPT",
        "1500000060, false, ACCEPT",
        "1500000061, false, TOO_NEW",
        "1500000000, true, SEEN",
        "1499999940, true, TOO_OLD",
        "0, false, TOO_OLD",
        "9223372036854775807, false, TOO_NEW",
    })
    void aBroadcastIsAcceptedOnceAndWithinTheWindow(long time, boolean seen, BroadcastRule expected) {
        assertThat(BroadcastRule.decide(time, 1_500_000_000, seen)).isEqualTo(expected);
        assertThat(expected.accepted()).isEqualTo(expected == BroadcastRule.ACCEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ACCEPT",
        "0, 59, ACCEPT",
        "0, 60, TOO_OLD",
        "60, 0, ACCEPT",
        "61, 0, TOO_NEW",
        "9223372036854775807, 9223372036854775807, ACCEPT",
        "9223372036854775747, 9223372036854775807, TOO_OLD",
        "9223372036854775807, 9223372036854775746, TOO_NEW",
        "9223372036854775807, -9223372036854775808, TOO_NEW",
        "0, 9223372036854775807, TOO_OLD",
    })
    void noClockAndNoTimeOverflows(long time, long now, BroadcastRule expected) {
        assertThat(BroadcastRule.decide(time, now, false)).isEqualTo(expected);
    }

    @Test
    void theWindowIsThatOfTheRegistry() throws IOException {
        Path timers = Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec/registry/timers.csv");

        assertThat(Files.readAllLines(timers))
                .anyMatch(row -> row.startsWith("broadcast-window," + BroadcastRule.WINDOW.toSeconds() + ",seconds,"));
    }
}
