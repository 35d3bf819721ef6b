package today.p2p;

import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The methods of the map are linearizable on the replica of one node, whatever threads do. */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "0:2")
public class SyncLincheckTest {
    private final LocalSync table = new LocalSync();

    @Operation
    public @Nullable Object put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return table.put("key " + key, (long) value);
    }

    @Operation
    public @Nullable Object get(@Param(name = "key") int key) {
        return table.get("key " + key);
    }

    @Operation
    public @Nullable Object remove(@Param(name = "key") int key) {
        return table.remove("key " + key);
    }

    @Operation
    public @Nullable Object putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return table.putIfAbsent("key " + key, (long) value);
    }

    @Operation
    public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
        return table.replace("key " + key, (long) value, value + 1L);
    }

    @Operation
    public @Nullable Object add(@Param(name = "key") int key, @Param(name = "value") int value) {
        return table.merge("key " + key, (long) value, (one, two) -> (long) one + (long) two);
    }

    @Operation
    public @Nullable Object toggle(@Param(name = "key") int key) {
        return table.compute("key " + key, (name, old) -> old == null ? 7L : null);
    }

    @Test
    void theMethodsAreLinearizable() {
        new StressOptions()
                .sequentialSpecification(Sequential.class)
                .iterations(Integer.getInteger("sync.lincheck", 5))
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .minimizeFailedScenario(false)
                .check(SyncLincheckTest.class);
    }

    /** The same of a map that one thread uses. */
    public static final class Sequential {
        private final TreeMap<Integer, Object> map = new TreeMap<>();

        public @Nullable Object put(int key, int value) {
            return map.put(key, (long) value);
        }

        public @Nullable Object get(int key) {
            return map.get(key);
        }

        public @Nullable Object remove(int key) {
            return map.remove(key);
        }

        public @Nullable Object putIfAbsent(int key, int value) {
            return map.putIfAbsent(key, (long) value);
        }

        public boolean replace(int key, int value) {
            return map.replace(key, (long) value, value + 1L);
        }

        public @Nullable Object add(int key, int value) {
            return map.merge(key, (long) value, (one, two) -> (long) one + (long) two);
        }

        public @Nullable Object toggle(int key) {
            return map.compute(key, (name, old) -> old == null ? 7L : null);
        }
    }
}
