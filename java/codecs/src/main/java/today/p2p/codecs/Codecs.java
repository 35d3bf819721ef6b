package today.p2p.codecs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Value;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;

/**
 * The codecs that this process has, and those that it lacks (CMP-4). zlib and gzip are always
 * there; each of the others needs a library on the class path. A codec is loaded when it is first
 * asked for. Safe for use by several threads.
 */
public final class Codecs {

    /**
     * A codec of the registry that this process lacks.
     *
     * @param name as in the registry
     * @param code as in the registry
     * @param artifact what to put on the class path to have it, as group:artifact
     * @param reason what went wrong when it was loaded
     */
    public record Missing(String name, int code, String artifact, String reason) {
        @Override
        public String toString() {
            return "%s (0x%02x) is not here (%s); to have it, add %s".formatted(name, code, reason, artifact);
        }
    }

    /** In the order in which we list them: what decodes fast first. */
    private enum Row {
        ZSTD("zstd", 0x22, "com.github.luben:zstd-jni", () -> new ZstdFrame()),
        LZ4("lz4", 0x21, "at.yawk.lz4:lz4-java", () -> new Lz4Frame()),
        SNAPPY("snappy", 0x20, "org.xerial.snappy:snappy-java", () -> new SnappyBlock()),
        ZLIB("zlib", 0x13, "the JDK's module java.base", () -> new Zlib()),
        GZIP("gzip", 0x11, "the JDK's module java.base", () -> new Gzip()),
        BZ2("bz2", 0x10, "org.apache.commons:commons-compress", () -> new Bzip2()),
        LZMA("lzma", 0x12, "org.tukaani:xz", () -> new Xz());

        private final String registryName;
        private final int code;
        private final String artifact;
        private final Supplier<Codec> make;

        private @Nullable Codec codec;
        private @Nullable Missing missing;

        Row(String registryName, int code, String artifact, Supplier<Codec> make) {
            this.registryName = registryName;
            this.code = code;
            this.artifact = artifact;
            this.make = make;
        }

        synchronized @Nullable Codec codec() {
            if (codec == null && missing == null) {
                load();
            }
            return codec;
        }

        synchronized @Nullable Missing missing() {
            return codec() == null ? missing : null;
        }

        /**
         * Uses the codec once, because a native library fails at first use, not when its class is
         * found.
         */
        private void load() {
            try {
                Codec made = make.get();
                made.compress(new byte[1], 0, 1, new BoundedOutput(256));
                codec = made;
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (Error absent) {
                missing = new Missing(registryName, code, artifact, absent.toString());
            }
        }
    }

    private Codecs() {}

    /** The codecs that are here, in the order in which this side lists them to a peer. */
    public static List<Codec> available() {
        List<Codec> found = new ArrayList<>();
        for (Row row : Row.values()) {
            Codec codec = row.codec();
            if (codec != null) {
                found.add(codec);
            }
        }
        return List.copyOf(found);
    }

    /** The active codecs of the registry that are not here, and what each needs. */
    public static List<Missing> missing() {
        List<Missing> lacking = new ArrayList<>();
        for (Row row : Row.values()) {
            Missing missing = row.missing();
            if (missing != null) {
                lacking.add(missing);
            }
        }
        return List.copyOf(lacking);
    }

    /** The codec with that number; empty when there is none or when it is not here. */
    public static Optional<Codec> find(long code) {
        for (Row row : Row.values()) {
            if (row.code == code) {
                return Optional.ofNullable(row.codec());
            }
        }
        return Optional.empty();
    }

    /**
     * The numbers in a codec list as a handshake brings it. Whatever is not an integer, such as the
     * token of an extension (EXT-1), or is none that a codec could have, is left out (NEG-3).
     */
    public static List<Integer> listed(Collection<? extends Value> items) {
        List<Integer> numbers = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof Value.Int number && number.bigValue().bitLength() < Integer.SIZE) {
                numbers.add(number.bigValue().intValue());
            }
        }
        return List.copyOf(numbers);
    }

    /**
     * The shared codecs of a link (NEG-1): the numbers of {@code own} that the peer listed, in own
     * order, each once. The first of them is the sender's codec; without one, frames go raw
     * (NEG-2).
     *
     * @param own the numbers that this side lists
     * @param peer all integers of the peer's list; unknown ones and repetitions do no harm (NEG-3)
     */
    public static List<Integer> shared(Collection<Integer> own, Collection<Integer> peer) {
        Set<Integer> shared = new LinkedHashSet<>(own);
        shared.retainAll(Set.copyOf(peer));
        return List.copyOf(shared);
    }
}
