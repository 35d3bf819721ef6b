package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import today.p2p.serializer.Codec;

/** CMP-1, CMP-4, NEG-1 to NEG-3. */
class CodecsTest {
    @Test
    void theCodecsAreTheActiveOnesOfTheRegistry() throws IOException {
        // CMP-1, both ways
        Path registry = Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec/registry/codecs.csv");
        Stream<String> active = Files.readAllLines(registry).stream()
                .map(row -> row.split(",", -1))
                .filter(cells -> cells[4].equals("active"))
                .map(cells -> cells[0] + "," + cells[1] + "," + !cells[2].isEmpty());

        assertThat(Codecs.available().stream()
                        .map(codec ->
                                codec.name() + ",0x" + Integer.toHexString(codec.code()) + "," + codec.hasMagic()))
                .containsExactlyInAnyOrderElementsOf(active.toList());
        assertThat(Codecs.missing()).isEmpty();
    }

    @Test
    void aCodecIsFoundByItsNumberAndNothingElseIs() {
        for (Codec codec : Codecs.available()) {
            assertThat(Codecs.find(codec.code())).containsSame(codec);
        }
        assertThat(Codecs.find(0x14)).isEmpty();
        assertThat(Codecs.find(-1)).isEmpty();
        assertThat(Codecs.find(0x1_0000_0013L)).isEmpty();
    }

    @Test
    void sharedCodecsAreThoseThatThePeerListedInOwnOrderEachOnce() {
        // NEG-1, NEG-3
        assertThat(Codecs.shared(List.of(34, 33, 19), List.of(19, 99, 34, 19))).containsExactly(34, 19);
        assertThat(Codecs.shared(List.of(19, 17, 19), List.of(17, 19))).containsExactly(19, 17);
        assertThat(Codecs.shared(List.of(19), List.of(33))).isEmpty();
        assertThat(Codecs.shared(List.of(), List.of(33))).isEmpty();
        assertThat(Codecs.shared(List.of(33), List.of())).isEmpty();
    }

    @Test
    void withoutTheLibrariesZlibAndGzipAreThereAndTheOthersSayWhatTheyNeed() throws Exception {
        // CMP-4
        try (URLClassLoader bare = classPathWithout("lz4-java", "zstd-jni", "snappy-java", "xz-", "commons-compress")) {
            Class<?> codecs = bare.loadClass(Codecs.class.getName());

            assertThat(names(codecs)).containsExactly("zlib", "gzip");
            assertThat(strings(codecs, "missing"))
                    .hasSize(5)
                    .anyMatch(
                            text -> text.startsWith("zstd (0x22) ") && text.endsWith(" add com.github.luben:zstd-jni"))
                    .anyMatch(text -> text.startsWith("lz4 (0x21) ") && text.endsWith(" add at.yawk.lz4:lz4-java"))
                    .anyMatch(text ->
                            text.startsWith("snappy (0x20) ") && text.endsWith(" org.xerial.snappy:snappy-java"))
                    .anyMatch(text ->
                            text.startsWith("bz2 (0x10) ") && text.endsWith(" org.apache.commons:commons-compress"))
                    .anyMatch(text -> text.startsWith("lzma (0x12) ") && text.endsWith(" add org.tukaani:xz"));
        }
    }

    @Test
    void eachLibraryBringsItsOwnCodecOnly() throws Exception {
        try (URLClassLoader withoutLz4 = classPathWithout("lz4-java")) {
            assertThat(names(withoutLz4.loadClass(Codecs.class.getName())))
                    .containsExactly("zstd", "snappy", "zlib", "gzip", "bz2", "lzma");
        }
    }

    private static List<String> names(Class<?> codecs) throws Exception {
        List<String> names = new ArrayList<>();
        for (Object codec : (List<?>) codecs.getMethod("available").invoke(null)) {
            Method name =
                    codecs.getClassLoader().loadClass(Codec.class.getName()).getMethod("name");
            names.add((String) name.invoke(codec));
        }
        return names;
    }

    private static List<String> strings(Class<?> codecs, String method) throws Exception {
        return ((List<?>) codecs.getMethod(method).invoke(null))
                .stream().map(Object::toString).toList();
    }

    /** Our classes and the libraries of this test run, but for those whose file names begin so. */
    private static URLClassLoader classPathWithout(String... libraries) {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Stream.of(libraries)
                        .noneMatch(library -> entry.getFileName().toString().startsWith(library)))
                .map(CodecsTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
