package today.p2p.shell;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import today.p2p.kernel.Address;

/** Reads {@code HOST:PORT}, {@code [IPV6]:PORT}, or {@code PORT} alone, which is on this machine. */
public final class HostPort implements ITypeConverter<Address> {
    private static final String FORM = "write HOST:PORT, [IPV6]:PORT, or PORT for this machine";

    @Override
    public Address convert(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new TypeConversionException("'" + text + "' has several colons: " + FORM);
        }
        try {
            return new Address(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' has no port: " + FORM);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': " + e.getMessage());
        }
    }

    /** How others reach what listens there: in words, with the command that they type. */
    public static String invitation(String command, Address listening) {
        return switch (listening.host()) {
            case "127.0.0.1" -> "on this machine join with: " + command + " " + listening.port();
            case "0.0.0.0", "::", "0:0:0:0:0:0:0:0" ->
                "join with: " + command + " ADDRESS:" + listening.port() + ", with an address of this machine";
            default -> "join with: " + command + " " + text(listening);
        };
    }

    /** As it is read. */
    static String text(Address address) {
        boolean sixth = address.host().indexOf(':') >= 0;
        return (sixth ? "[" + address.host() + "]" : address.host()) + ":" + address.port();
    }
}
