package today.p2p.kernel;

import java.util.Objects;
import java.util.Optional;
import today.p2p.msgpack.Value;

/**
 * Where a node listens, or says that it does.
 *
 * @param host an address or a name, as it came; not resolved, 1 to {@code max-host} bytes in UTF-8
 * @param port 0..65535; 0 when the node does not listen
 */
public record Address(String host, int port) {
    private static final int MAX_HOST = (int) Limit.MAX_HOST.standard();

    public Address {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty() || Value.of(host).bytes().length() > MAX_HOST) {
            throw new IllegalArgumentException("a host has 1 to " + MAX_HOST + " bytes");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }

    /** The address that {@code [host, port]} means; empty when it means none (LNK-6). */
    public static Optional<Address> read(Value value) {
        if (!(value instanceof Value.Array pair) || pair.items().size() != 2) {
            return Optional.empty();
        }
        if (!(pair.items().get(0) instanceof Value.ByteString host)
                || !(pair.items().get(1) instanceof Value.Int port)) {
            return Optional.empty();
        }
        boolean sound = !host.bytes().isEmpty()
                && host.bytes().length() <= MAX_HOST
                && host.bytes().isUtf8()
                && !port.isAboveLong()
                && port.longValue() >= 0
                && port.longValue() <= 65535;
        return sound ? Optional.of(new Address(host.bytes().utf8(), (int) port.longValue())) : Optional.empty();
    }

    /** The array {@code [host, port]}. */
    public Value.Array toValue() {
        return Value.array(Value.of(host), Value.of(port));
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
