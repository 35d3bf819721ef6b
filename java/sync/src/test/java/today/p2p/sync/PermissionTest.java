package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;

/** The rows LSE-1 to LSE-7 and their order. */
class PermissionTest {
    private static final long NOW = 1_500_000_000;
    private static final Permission.Terms LEASES = new Permission.Terms(true, NOW);
    private static final Permission.Terms NO_LEASES = new Permission.Terms(false, NOW);

    @Test
    void anyoneMayChangeAnAbsentKey() {
        // LSE-1
        assertThat(Permission.of(null, set("x", 0), LEASES)).isEqualTo(Permission.ABSENT);
    }

    @Test
    void anOwnerMayChangeItsKeyWhateverTheTimes() {
        // LSE-2, before LSE-4 and LSE-6
        assertThat(Permission.of(held("x", NOW), set("x", 0), LEASES)).isEqualTo(Permission.SAME_OWNER);
        assertThat(Permission.of(held("x", 0), delta("x", NOW), NO_LEASES)).isEqualTo(Permission.SAME_OWNER);
    }

    @Test
    void aDeltaIsFreeForAllWithoutLeases() {
        // LSE-3
        assertThat(Permission.of(held("x", NOW), delta("y", 0), NO_LEASES)).isEqualTo(Permission.DELTA_WITHOUT_LEASES);
        assertThat(Permission.of(held("x", NOW), delta("y", 0), LEASES)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("x", NOW), set("y", 0), NO_LEASES)).isEqualTo(Permission.HELD);
    }

    @Test
    void aLeaseLapsesOneSecondAfterItsTerm() {
        // LSE-4
        assertThat(Permission.of(held("x", NOW - 3600), set("y", NOW), LEASES)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("x", NOW - 3601), set("y", NOW), LEASES)).isEqualTo(Permission.LAPSED);
        assertThat(Permission.of(held("x", NOW - 3601), set("y", 0), NO_LEASES)).isEqualTo(Permission.LAPSED);
    }

    @Test
    void ofTwoChangesAtOneTimeThatOfTheSmallerOwnerStands() {
        // LSE-5; a prefix is smaller, and bytes are unsigned
        assertThat(Permission.of(held("y", NOW), set("x", NOW), LEASES)).isEqualTo(Permission.SMALLER_OWNER);
        assertThat(Permission.of(held("xa", NOW), set("x", NOW), LEASES)).isEqualTo(Permission.SMALLER_OWNER);
        assertThat(Permission.of(held("\u00e9", NOW), set("x", NOW), NO_LEASES)).isEqualTo(Permission.SMALLER_OWNER);
        assertThat(Permission.of(held("x", NOW), set("y", NOW), NO_LEASES)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("y", NOW), set("x", NOW - 1), LEASES)).isEqualTo(Permission.HELD);
    }

    @Test
    void theLaterChangeStandsWithoutLeases() {
        // LSE-6
        assertThat(Permission.of(held("x", NOW), set("y", NOW + 1), NO_LEASES)).isEqualTo(Permission.LATER);
        assertThat(Permission.of(held("x", NOW), set("y", NOW + 1), LEASES)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("x", NOW), set("y", NOW - 1), NO_LEASES)).isEqualTo(Permission.HELD);
    }

    @Test
    void onlyTheLastRowRefuses() {
        // LSE-7
        for (Permission row : Permission.values()) {
            assertThat(row.allowed()).isEqualTo(row != Permission.HELD);
            assertThat(row.error().isPresent()).isEqualTo(row == Permission.HELD);
            assertThat(row.clause()).isEqualTo("LSE-" + (row.ordinal() + 1));
        }
        assertThat(Permission.HELD.error()).contains(ErrorCode.LEASE);
    }

    @Test
    void noTimeOverflows() {
        Permission.Terms first = new Permission.Terms(true, 0);
        Permission.Terms last = new Permission.Terms(true, Long.MAX_VALUE);

        assertThat(Permission.of(held("x", Long.MAX_VALUE), set("y", 0), first)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("x", 0), set("y", 0), first)).isEqualTo(Permission.HELD);
        assertThat(Permission.of(held("x", 0), set("y", 0), last)).isEqualTo(Permission.LAPSED);
        assertThatThrownBy(() -> held("x", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Permission.Terms(true, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTermIsThatOfTheRegistry() throws IOException {
        Path timers = Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec/registry/timers.csv");

        assertThat(Files.readAllLines(timers))
                .anyMatch(row -> row.startsWith("lease-term," + Permission.TERM.toSeconds() + ",seconds,"));
    }

    private static Revision held(String owner, long time) {
        return new Revision(Bytes.ofUtf8(owner), time);
    }

    private static Change set(String owner, long time) {
        return new Change(new Revision(Bytes.ofUtf8(owner), time), false);
    }

    private static Change delta(String owner, long time) {
        return new Change(new Revision(Bytes.ofUtf8(owner), time), true);
    }
}
