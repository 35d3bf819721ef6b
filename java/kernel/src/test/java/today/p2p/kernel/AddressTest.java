package today.p2p.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** LNK-6, and time that may wrap. */
class AddressTest {
    @Test
    void anAddressIsTwoItemsANameAndAPort() { // LNK-6
        assertThat(Address.read(pair(Value.of("192.0.2.1"), Value.of(4444)))).contains(new Address("192.0.2.1", 4444));
        assertThat(Address.read(pair(Value.of(Bytes.ofUtf8("::1")), Value.of(0))))
                .contains(new Address("::1", 0));
        assertThat(Address.read(pair(Value.of("a"), Value.of(65535)))).isPresent();
        assertThat(Address.read(pair(Value.of("a"), Value.of(65536)))).isEmpty();
        assertThat(Address.read(pair(Value.of("a"), Value.of(-1)))).isEmpty();
        assertThat(Address.read(pair(Value.of("a"), Value.ofUnsigned(-1)))).isEmpty();
        assertThat(Address.read(pair(Value.of("a"), Value.of("80")))).isEmpty();
        assertThat(Address.read(pair(Value.nil(), Value.of(80)))).isEmpty();
        assertThat(Address.read(pair(Value.of(""), Value.of(80)))).isEmpty();
        assertThat(Address.read(pair(Value.of(Bytes.ofHex("ff")), Value.of(80))))
                .isEmpty();
        assertThat(Address.read(Value.array(Value.of("a")))).isEmpty();
        assertThat(Address.read(Value.of("a:80"))).isEmpty();
    }

    @Test
    void aNameHasAtMostMaxHostBytes() { // LNK-6, max-host
        assertThat(Address.read(pair(Value.of("a".repeat(255)), Value.of(80)))).isPresent();
        assertThat(Address.read(pair(Value.of("a".repeat(256)), Value.of(80)))).isEmpty();
        assertThatThrownBy(() -> new Address("a".repeat(256), 80)).hasMessageContaining("255");
    }

    @Test
    void monotonicTimeMayWrap() {
        Time before = new Time(Long.MAX_VALUE, 0);
        Time after = new Time(Long.MIN_VALUE + 9, 0);

        assertThat(after.since(before.nanos())).isEqualTo(10);
        assertThat(after.isAtOrAfter(before.nanos())).isTrue();
        assertThat(before.isAtOrAfter(after.nanos())).isFalse();
    }

    private static Value pair(Value one, Value other) {
        return Value.array(one, other);
    }
}
