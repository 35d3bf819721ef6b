package today.p2p.vectors;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * One case: an operation, its input and the answer.
 *
 * <p>Byte fields of {@code input} are plain hex; its values may still hold {@code $rep} and {@code $reps}, which a
 * testee understands. All of {@code expect} is written out. The nodes are shared: read them, do not change them.
 *
 * @param id permanent, never reused
 * @param area the file that it stands in
 * @param requirements the clauses that it tests, most specific first
 * @param level how much it binds
 * @param op the operation of the testee protocol
 * @param input the operation's {@code in}
 * @param result whether the operation succeeds
 * @param expect the whole {@code expect} object of the case
 * @param comment what the case is, for a reader
 * @param flags names of {@link Flag}s
 * @param since the version of the suite that brought it
 * @param source where bytes and answer come from
 */
public record Case(
        String id,
        String area,
        List<String> requirements,
        Level level,
        String op,
        JsonNode input,
        Result result,
        JsonNode expect,
        String comment,
        List<String> flags,
        String since,
        String source) {

    /** The operation of a live case: a script that peers act with a node, no question with an answer. */
    public static final String LIVE = "live";

    public Case {
        requirements = List.copyOf(requirements);
        flags = List.copyOf(flags);
    }

    /** Whether it takes a node and a network; every other case is one question. */
    public boolean isLive() {
        return op.equals(LIVE);
    }

    /** The answer of a valid case. */
    public Optional<JsonNode> ok() {
        return Optional.ofNullable(expect.get("ok"));
    }

    /** The error code of an invalid case. */
    public Optional<String> error() {
        return Optional.ofNullable(expect.get("err")).map(JsonNode::asString);
    }

    /** Where the first check fails, for the cases that say so (ERR-2). */
    public OptionalInt offset() {
        JsonNode offset = expect.get("offset");
        return offset == null ? OptionalInt.empty() : OptionalInt.of(offset.asInt());
    }

    /** Whether an encoded answer is compared byte for byte; otherwise it is decoded, and its meaning compared. */
    public boolean canonical() {
        return expect.path("canonical").asBoolean(false);
    }

    /** Bytes, in hex, that the bare message of an encoded answer holds somewhere. */
    public Optional<String> contains() {
        return Optional.ofNullable(expect.get("contains")).map(JsonNode::asString);
    }

    @Override
    public String toString() {
        return id + " (" + comment + ")";
    }
}
