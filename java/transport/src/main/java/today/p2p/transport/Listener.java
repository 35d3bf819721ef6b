package today.p2p.transport;

import java.net.InetSocketAddress;

/** An open port. Closing it frees the port and leaves the connections that came through it. Thread-safe. */
public interface Listener extends AutoCloseable {

    /** What it is bound to, with the real port; the address may be a wildcard, which nobody can dial. */
    InetSocketAddress address();

    /** Whether connections are still accepted. */
    boolean isOpen();

    /** Stops accepting; the port is free when it returns, unless called on an event loop. Idempotent. */
    @Override
    void close();
}
