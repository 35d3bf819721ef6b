package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.runtime.RuntimeOptions;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;

/** Each option reaches the runtime, has the default that its documentation names, and refuses what it must. */
class NetworkBuilderTest {
    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        RuntimeOptions options = MeshNetwork.builder().options("mesh");

        assertThat(options.protocol()).isEqualTo(ProtocolId.of("mesh", Encryption.PLAINTEXT));
        assertThat(options.dialect()).isEqualTo(Dialect.UNIVERSAL);
        assertThat(options.codecs()).isEqualTo(Codecs.available());
        assertThat(options.listen()).isEmpty();
        assertThat(options.advertised()).isEmpty();
        assertThat(options.keep()).isEmpty();
        assertThat(options.callbacks()).isEmpty();
        assertThat(options.limits().of(Limit.MAX_OUTGOING)).isEqualTo(4);
        assertThat(options.backoff().first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.backoff().most()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.connectWithin()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.drainWithin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.threads()).isBetween(1, 4);
    }

    @Test
    void everyOptionReachesTheRuntime() {
        SplittableRandom random = new SplittableRandom(1);
        Codec zlib = Codecs.find(0x13).orElseThrow();
        RuntimeOptions options = MeshNetwork.builder()
                .listen("127.0.0.1", 0)
                .advertise("198.51.100.7", 4444)
                .encryption(Encryption.SSL)
                .dialect(Dialect.TEXT)
                .codecs(List.of(zlib))
                .limit(Limit.MAX_LINKS, 7)
                .timer(Timer.PING_AFTER, Duration.ofSeconds(3))
                .frameLimits(Limits.DEFAULT.toBuilder().maxFrame(1000).build())
                .maxOutgoing(2)
                .stayConnectedTo("example.org", 4445)
                .reconnect(Duration.ofSeconds(2), Duration.ofSeconds(9))
                .connectWithin(Duration.ofSeconds(4))
                .drainWithin(Duration.ofSeconds(6))
                .linkThreads(3)
                .callbackExecutor(Runnable::run)
                .random(random)
                .options("town");

        assertThat(options.protocol()).isEqualTo(ProtocolId.of("town", Encryption.SSL));
        assertThat(options.encryption()).isEqualTo(Encryption.SSL);
        assertThat(options.dialect()).isEqualTo(Dialect.TEXT);
        assertThat(options.codecs()).containsExactly(zlib);
        assertThat(options.listen()).contains(new Address("127.0.0.1", 0));
        assertThat(options.advertised()).contains(new Address("198.51.100.7", 4444));
        assertThat(options.limits().of(Limit.MAX_LINKS)).isEqualTo(7);
        assertThat(options.limits().of(Limit.MAX_OUTGOING)).isEqualTo(2);
        assertThat(options.limits().nanos(Timer.PING_AFTER)).isEqualTo(3_000_000_000L);
        assertThat(options.limits().frames().maxFrame()).isEqualTo(1000);
        assertThat(options.keep()).containsExactly(new Address("example.org", 4445));
        assertThat(options.backoff().first()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.connectWithin()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.drainWithin()).isEqualTo(Duration.ofSeconds(6));
        assertThat(options.threads()).isEqualTo(3);
        assertThat(options.callbacks()).isPresent();
        assertThat(options.random()).isSameAs(random);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWhereItIsMade(ThrowingCallable mistake) {
        assertThatIllegalArgumentException().isThrownBy(mistake).withMessageMatching("(?s).{10,}");
    }

    static Stream<ThrowingCallable> mistakes() {
        MeshNetwork.Builder builder = MeshNetwork.builder();
        Codec zlib = Codecs.find(0x13).orElseThrow();
        return Stream.of(
                () -> builder.listen("", 1),
                () -> builder.listen("a", 65536),
                () -> builder.listen("a", -1),
                () -> builder.advertise("x".repeat(256), 1),
                () -> builder.codecs(List.of(zlib, zlib)),
                () -> builder.limit(Limit.MAX_LINKS, 0),
                () -> builder.limit(Limit.MAX_HOST, 5),
                () -> builder.timer(Timer.PING_AFTER, Duration.ZERO),
                () -> builder.timer(Timer.PING_AFTER, Duration.ofDays(366)),
                () -> builder.maxOutgoing(-1),
                () -> builder.stayConnectedTo("a", 0),
                () -> builder.reconnect(Duration.ZERO, Duration.ofSeconds(1)),
                () -> builder.reconnect(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                () -> builder.connectWithin(Duration.ZERO),
                () -> builder.connectWithin(Duration.ofDays(366)),
                () -> builder.drainWithin(Duration.ofSeconds(-1)),
                () -> builder.linkThreads(0),
                () -> builder.linkThreads(65));
    }

    @Test
    void theIdComesFromTheGeneratorAndTheAddressFromTheOptions() { // NID-1
        try (MeshNetwork one = MeshNetwork.builder()
                        .advertise("198.51.100.7", 4444)
                        .random(new SplittableRandom(5))
                        .start();
                MeshNetwork same = MeshNetwork.builder()
                        .advertise("198.51.100.7", 4444)
                        .random(new SplittableRandom(5))
                        .start();
                MeshNetwork other =
                        MeshNetwork.builder().advertise("198.51.100.7", 4444).start()) {
            assertThat(one.address()).isEqualTo(new Address("198.51.100.7", 4444));
            assertThat(one.id()).isEqualTo(same.id()).isNotEqualTo(other.id());
        }
    }

    @Test
    void whoListensOnAllAddressesAdvertisesOneThatCanBeDialled() {
        try (MeshNetwork one = MeshNetwork.builder().listen("0.0.0.0", 0).start();
                MeshNetwork forwarded = MeshNetwork.builder()
                        .listen("127.0.0.1", 0)
                        .advertise("198.51.100.7", 0)
                        .start();
                MeshNetwork silent = MeshNetwork.builder().start()) {
            assertThat(one.address().host()).isNotIn("0.0.0.0", "::");
            silent.connect(one.address().host(), one.address().port()).join();
            assertThat(forwarded.address().host()).isEqualTo("198.51.100.7");
            assertThat(forwarded.address().port()).isNotZero();
            assertThat(silent.address().port()).isZero();
        }
    }

    @Test
    void oneBuilderStartsSeveralNetworksWithListenersOfTheirOwn() {
        MeshNetwork.Builder builder = MeshNetwork.builder().listen("127.0.0.1", 0);
        try (MeshNetwork one = builder.start();
                MeshNetwork other = builder.start()) {
            assertThat(one.id()).isNotEqualTo(other.id());
            assertThat(one.connect("127.0.0.1", other.address().port()).join().id())
                    .isEqualTo(other.id());
        }
    }
}
