package today.p2p.clusters;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One node of several that hold a table together. Safe for use by several threads. */
public interface Member extends AutoCloseable {
    /** Sets a key; complete when the library says that it is done. May block instead. */
    CompletableFuture<?> put(String key, byte[] value);

    /** The value of a key. */
    CompletableFuture<byte @Nullable []> get(String key);

    /** How many members it knows, itself included. */
    int members();

    @Override
    void close();
}
