package today.p2p.model.links;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What names a node: ids and addresses, as a stranger writes them (LNK-6, MSH-4). */
final class Peers {

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int MAX_BASE58 = 128;
    private static final int MAX_HOST = 255;
    private static final BigInteger PORTS = BigInteger.valueOf(65535);

    private final Slip.Slips slips;

    Peers(Slip.Slips slips) {
        this.slips = slips;
    }

    /** An address as two items, a host and a port. */
    record Address(String host, int port) {}

    /** What {@code [[host, port], id]} names. */
    record Named(Address address, String id) {}

    /** NID-4: a number in base58 below 2^512. */
    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_BASE58) {
            return false;
        }
        BigInteger number = BigInteger.ZERO;
        for (char digit : text.toCharArray()) {
            int value = DIGITS.indexOf(digit);
            if (value < 0) {
                return false;
            }
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(value));
        }
        return number.bitLength() <= 512;
    }

    /** LNK-6: the address that a value is, if it is one. */
    Optional<Address> address(JsonNode value) {
        if (!value.isArray() || value.size() != 2) {
            return Optional.empty();
        }
        Optional<String> host = Given.bytes(value.get(0)).flatMap(Peers::utf8).filter(this::isHost);
        Optional<BigInteger> port = Given.integer(value.get(1)).filter(this::isPort);
        return host.isPresent() && port.isPresent()
                ? Optional.of(new Address(host.get(), port.get().intValue()))
                : Optional.empty();
    }

    private boolean isHost(String host) {
        int length = slips.has(Slip.HOST_IN_CHARACTERS) ? host.length() : host.getBytes(StandardCharsets.UTF_8).length;
        return length >= 1 && length <= MAX_HOST;
    }

    private boolean isPort(BigInteger port) {
        return slips.has(Slip.ANY_PORT) || (port.signum() >= 0 && port.compareTo(PORTS) <= 0);
    }

    /** MSH-4: the node that an item of a list names, if it names one. */
    Optional<Named> named(JsonNode item) {
        if (!item.isArray() || item.size() != 2) {
            return Optional.empty();
        }
        Optional<Address> address = address(item.get(0));
        Optional<String> id = Given.name(item.get(1)).filter(Peers::isId);
        return address.isPresent() && id.isPresent()
                ? Optional.of(new Named(address.get(), id.get()))
                : Optional.empty();
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
