package today.p2p.ids;

import java.util.Optional;
import today.p2p.msgpack.Malformed;

/** What text from a peer stands for, or why it stands for nothing. */
public sealed interface Parsed<T> {

    /** The text was sound. */
    record Sound<T>(T meaning) implements Parsed<T> {}

    /** The text was refused; the offset is that of a character. */
    record Refused<T>(Malformed why) implements Parsed<T> {}

    /** The meaning of sound text. */
    default Optional<T> value() {
        return this instanceof Sound<T> sound ? Optional.of(sound.meaning()) : Optional.empty();
    }

    /** Why text was refused. */
    default Optional<Malformed> malformed() {
        return this instanceof Refused<T> refused ? Optional.of(refused.why()) : Optional.empty();
    }
}
