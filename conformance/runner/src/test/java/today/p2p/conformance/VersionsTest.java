package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void versionsAreOrderedByTheirNumbers() {
        assertThat(Versions.isAfter("1.10", "1.9")).isTrue();
        assertThat(Versions.isAfter("1.0.1", "1.0")).isTrue();
        assertThat(Versions.isAfter("1.0", "1.0.0")).isFalse();
        assertThat(Versions.isAfter("1.0", "1.1")).isFalse();
        assertThat(Versions.isAfter("2", "1.9.9")).isTrue();
    }

    @Test
    void onlyNumbersWithDotsAreVersions() {
        assertThat(Versions.isVersion("1.2.3")).isTrue();
        assertThat(Versions.isVersion("1.2.3.4")).isFalse();
        assertThat(Versions.isVersion("v1")).isFalse();
        assertThat(Versions.isVersion("")).isFalse();
    }
}
