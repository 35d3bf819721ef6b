package today.p2p.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The registries are the truth; what stands in Java is a copy, equal both ways. */
class RegistryTest {
    private static final String OURS = "(LNK|MSH|SYN|CRD)-[0-9]+";

    @Test
    void theLimitsAreThoseOfTheRegistryThatChapters12To15ExplainAndNoOthers() {
        Map<String, String> registry = new TreeMap<>();
        rows("limits").filter(row -> row[4].matches(OURS)).forEach(row -> registry.put(row[0], row[1] + " " + row[3]));

        Map<String, String> ours = new TreeMap<>();
        for (Limit limit : Limit.values()) {
            assertThat(NodeLimits.DEFAULT.of(limit)).isEqualTo(limit.standard());
            ours.put(limit.registryName(), limit.standard() + (limit.isConfigurable() ? " yes" : " no"));
        }
        assertThat(ours).isEqualTo(registry);
    }

    @Test
    void theTimersAreThoseOfTheRegistryThatChapters12To15ExplainAndNoOthers() {
        Map<String, Long> registry = new TreeMap<>();
        rows("timers").filter(row -> row[3].matches(OURS)).forEach(row -> registry.put(row[0], Long.valueOf(row[1])));

        Map<String, Long> ours = new TreeMap<>();
        for (Timer timer : Timer.values()) {
            assertThat(NodeLimits.DEFAULT.nanos(timer)).isEqualTo(timer.standardSeconds() * 1_000_000_000L);
            ours.put(timer.registryName(), timer.standardSeconds());
        }
        assertThat(ours).isEqualTo(registry);
    }

    @Test
    void theDialectsSendWhatTheRegistrySays() { // DIA-1
        Map<String, String> registry = new TreeMap<>();
        rows("dialects").forEach(row -> registry.put(row[0], row[1] + " " + row[2]));

        Map<String, String> ours = new TreeMap<>();
        for (Dialect dialect : Dialect.values()) {
            Bytes id = Bytes.ofUtf8("2z");
            ours.put(dialect.name(), kind(dialect.nodeId(id)) + " " + kind(dialect.protocolId(id)));
        }
        assertThat(ours).isEqualTo(registry);
    }

    @Test
    void aLimitThatAllNodesHaveToAgreeOnCannotBeChanged() {
        assertThatThrownBy(() -> NodeLimits.DEFAULT.with(Limit.MAX_HOST, 10)).hasMessageContaining("max-host");
        assertThatThrownBy(() -> NodeLimits.DEFAULT.with(Limit.MAX_LINKS, 0)).hasMessageContaining("max-links");
        assertThatThrownBy(() -> NodeLimits.DEFAULT.with(Timer.PING_AFTER, 0)).hasMessageContaining("ping-after");
        assertThat(NodeLimits.DEFAULT.with(Limit.MAX_LINKS, 7).of(Limit.MAX_LINKS))
                .isEqualTo(7);
        assertThat(NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, 0).of(Limit.MAX_OUTGOING))
                .isZero();
    }

    private static String kind(Value value) {
        return value.kind().name().toLowerCase(Locale.ROOT);
    }

    private static java.util.stream.Stream<String[]> rows(String registry) {
        Path file = Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec/registry", registry + ".csv");
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream().skip(1).map(line -> line.split(",", -1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
