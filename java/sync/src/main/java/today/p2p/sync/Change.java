package today.p2p.sync;

import java.util.Objects;

/**
 * What is asked of a key.
 *
 * @param by whose change it is
 * @param delta whether it merges a map into the value, instead of setting or deleting it
 */
public record Change(Revision by, boolean delta) {
    public Change {
        Objects.requireNonNull(by);
    }
}
