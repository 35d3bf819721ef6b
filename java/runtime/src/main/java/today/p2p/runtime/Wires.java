package today.p2p.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import today.p2p.kernel.Address;

/** Where connections come from: what the runtime needs of a transport. Safe for use by several threads. */
interface Wires {
    /** The thread that is the home of the node stage. */
    Wire.Loop home();

    /**
     * Listens. Blocks until it does.
     *
     * @param incoming asked for each connection that comes
     * @return the address that it has, with its port
     * @throws RuntimeException when the address cannot be had
     */
    Address listen(Address at, Supplier<Wire.Events> incoming);

    /**
     * Dials.
     *
     * @return ends the attempt when it is run before the connection is there
     */
    Runnable dial(Address to, Wire.Events events);

    /** Takes no more connections. */
    void stopListening();

    /** Ends whatever is left: connections, threads, timers, ports. */
    CompletableFuture<Void> close();
}
