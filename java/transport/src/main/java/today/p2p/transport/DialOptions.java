package today.p2p.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to dial. Immutable.
 *
 * @param encryption as the peer's listener has it; nothing is negotiated
 * @param connectDeadline for name and TCP together, above zero; null means that of the transport's configuration
 * @param from the own address to dial from; null lets the system choose
 */
public record DialOptions(
        Encryption encryption,
        @Nullable Duration connectDeadline,
        @Nullable InetAddress from) {
    /** Plain TCP, and the rest by default. */
    public static final DialOptions PLAINTEXT = new DialOptions(Encryption.PLAINTEXT, null, null);

    /** TLS without verification, and the rest by default. */
    public static final DialOptions TLS_UNVERIFIED = new DialOptions(Encryption.TLS_UNVERIFIED, null, null);

    public DialOptions {
        Objects.requireNonNull(encryption);
        if (connectDeadline != null && (connectDeadline.isNegative() || connectDeadline.isZero())) {
            throw new IllegalArgumentException("connectDeadline must be above zero");
        }
    }

    /** The default options of an encryption. */
    public static DialOptions of(Encryption encryption) {
        return new DialOptions(encryption, null, null);
    }

    /** The same with another deadline. */
    public DialOptions within(Duration deadline) {
        return new DialOptions(encryption, Objects.requireNonNull(deadline), from);
    }

    /** The same from another own address. */
    public DialOptions from(InetAddress address) {
        return new DialOptions(encryption, connectDeadline, Objects.requireNonNull(address));
    }
}
