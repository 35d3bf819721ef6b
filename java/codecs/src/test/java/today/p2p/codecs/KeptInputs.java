package today.p2p.codecs;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the targets of a fuzz test on the inputs that were kept, without the fuzzer: it would put
 * its hooks into every class of the test run. The folders are those that the fuzzer itself reads
 * and writes.
 */
final class KeptInputs {
    private KeptInputs() {}

    /** One test for each file in the folder of each target. */
    static List<DynamicTest> of(Class<?> targets) throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method target : targets.getDeclaredMethods()) {
            if (target.isAnnotationPresent(FuzzTest.class)) {
                for (Path file : files(targets, target.getName())) {
                    tests.add(
                            dynamicTest(target.getName() + "/" + file.getFileName(), () -> run(targets, target, file)));
                }
            }
        }
        return tests;
    }

    private static void run(Class<?> targets, Method target, Path file) throws Exception {
        var constructor = targets.getDeclaredConstructor();
        constructor.setAccessible(true);
        target.setAccessible(true);
        target.invoke(constructor.newInstance(), (Object) Files.readAllBytes(file));
    }

    private static List<Path> files(Class<?> targets, String target) throws IOException, URISyntaxException {
        URL folder = targets.getResource(targets.getSimpleName() + "Inputs/" + target);
        if (folder == null) {
            throw new AssertionError("no kept inputs for " + targets.getSimpleName() + "." + target);
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
