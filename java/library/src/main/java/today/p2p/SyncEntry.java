package today.p2p;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SyncTable} holds for a key.
 *
 * @param key text or bytes, as the table has them
 * @param value as {@link Values} gives it; never null
 * @param owner the id of the node that wrote it: a claim that nothing proves
 * @param time when, by the clock of its owner, in whole seconds
 * @param freeFrom from when on another node may write the key, by that node's clock, if nobody writes it before;
 *     advice among honest nodes, and no lock (chapter 14.6)
 */
public record SyncEntry<K>(K key, Object value, String owner, Instant time, Instant freeFrom) {
    static Instant instant(long seconds) {
        return seconds > Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }

    static Object valueOf(today.p2p.sync.TableEntry entry) {
        @Nullable Object value = Values.toJava(entry.value());
        if (value == null) {
            throw new AssertionError("an entry never holds nil (SYN-1)");
        }
        return value;
    }
}
