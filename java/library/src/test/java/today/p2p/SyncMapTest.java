package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;

/** Every method of a ConcurrentMap against a map of the JDK, with random operations; {@code -Dsync.seed} replays one. */
@SuppressWarnings({"NullAway", "CollectionIncompatibleType"}) // what callers without these checks may do
class SyncMapTest {
    private static final long ONLY = Long.getLong("sync.seed", -1);

    @Test
    void everyMethodDoesWhatItDoesInAMapOfTheJdk() {
        for (long seed = Math.max(0, ONLY); seed < (ONLY < 0 ? 200 : ONLY + 1); seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            LocalSync table = new LocalSync();
            ConcurrentMap<String, Object> model = new ConcurrentSkipListMap<>();
            for (int step = 0; step < 200; step++) {
                int operation = random.nextInt(24);
                String key = "key " + random.nextInt(6);
                Object value = (long) random.nextInt(4);
                Object other = (long) random.nextInt(4);

                Object got = apply(table, operation, key, value, other);
                Object expected = apply(model, operation, key, value, other);

                String where = "seed " + seed + ", step " + step + ", operation " + operation;
                assertThat(got).as(where).isEqualTo(expected);
                assertThat(new TreeMap<>(table)).as(where).isEqualTo(new TreeMap<>(model));
                assertThat(table.equals(model)).as(where).isTrue();
                assertThat(table.hashCode()).as(where).isEqualTo(model.hashCode());
            }
        }
    }

    private static Object apply(
            ConcurrentMap<String, Object> map, int operation, String key, Object value, Object other) {
        return switch (operation) {
            case 0, 1, 2 -> map.put(key, value);
            case 3 -> map.get(key);
            case 4 -> map.getOrDefault(key, "none");
            case 5 -> map.containsKey(key);
            case 6 -> map.containsValue(value);
            case 7 -> map.remove(key);
            case 8 -> map.remove(key, value);
            case 9 -> map.putIfAbsent(key, value);
            case 10 -> map.replace(key, value);
            case 11 -> map.replace(key, value, other);
            case 12 -> map.compute(key, (name, old) -> old == null ? value : null);
            case 13 -> map.compute(key, (name, old) -> old == null ? null : (long) old + 1);
            case 14 -> map.computeIfAbsent(key, name -> value.equals(0L) ? null : value);
            case 15 -> map.computeIfPresent(key, (name, old) -> old.equals(value) ? null : other);
            case 16 -> map.merge(key, value, (one, two) -> one.equals(two) ? null : (long) one + (long) two);
            case 17 -> map.size() + " " + map.isEmpty();
            case 18 -> {
                map.putAll(Map.of(key, value, "key 7", other));
                yield map.keySet().toString();
            }
            case 19 -> {
                map.replaceAll((name, old) -> name.equals(key) ? value : old);
                yield map.values().toString();
            }
            case 20 -> {
                List<String> seen = new ArrayList<>();
                map.forEach((name, old) -> seen.add(name + old));
                yield seen;
            }
            case 21 -> removeByIterator(map, value) + map.entrySet().toString();
            case 22 -> map.keySet().remove(key) + " " + map.values().remove(value);
            default -> {
                if (value.equals(3L) && other.equals(3L)) {
                    map.clear();
                }
                yield map.entrySet().contains(Map.entry(key, value));
            }
        };
    }

    private static String removeByIterator(Map<String, Object> map, Object value) {
        Iterator<Map.Entry<String, Object>> all = map.entrySet().iterator();
        while (all.hasNext()) {
            if (all.next().getValue().equals(value)) {
                all.remove();
            }
        }
        return map.toString();
    }

    @Test
    void nullDeletesAndIsNoKey() {
        LocalSync table = new LocalSync();
        table.put("key", 1);
        assertThat(table.put("key", null)).isEqualTo(1L);
        assertThat(table).isEmpty();
        assertThat(table.putIfAbsent("key", null)).isNull();
        assertThat(table).isEmpty();
        table.put("key", 1);
        assertThat(table.replace("key", null)).isEqualTo(1L);
        assertThat(table).isEmpty();
        assertThatThrownBy(() -> table.get(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> table.put(null, 1)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void anObjectThatIsNoKeyIsAbsent() {
        LocalSync table = new LocalSync();
        table.put("1", 1);
        assertThat(table.get(1)).isNull();
        assertThat(table.containsKey(Bytes.ofUtf8("1"))).isFalse();
        assertThat(table.remove((Object) 1)).isNull();
        assertThat(table).hasSize(1);
    }

    @Test
    void valuesAreTheSameWhenTheyAreTheSameInMsgpack() {
        LocalSync table = new LocalSync();
        table.put("key", List.of(1, 2));
        assertThat(table.remove("key", List.of(1L))).isFalse();
        assertThat(table.replace("key", new Object[] {1L, (byte) 2}, "new")).isTrue();
        assertThat(table.remove("key", "new")).isTrue();
    }

    @Test
    void nothingCanBeAddedThroughAViewAndAnEntryWritesTheTable() {
        LocalSync table = new LocalSync();
        table.put("key", 1);
        assertThatThrownBy(() -> table.keySet().add("other")).isInstanceOf(UnsupportedOperationException.class);
        table.entrySet().iterator().next().setValue(2);
        assertThat(table).containsEntry("key", 2L);
    }

    @Test
    void aValueWithoutAFormIsRefusedAndNothingChanges() {
        LocalSync table = new LocalSync();
        table.put("key", 1);
        assertThatThrownBy(() -> table.put("key", new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.put("k".repeat(4097), 1))
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        refused -> assertThat(refused.getMessage()).contains("LIMIT"));
        assertThat(table).containsOnly(Map.entry("key", 1L));
    }

    @Test
    void countingUpFromManyThreadsLosesNothing() throws InterruptedException {
        LocalSync table = new LocalSync();
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> {
                        for (int round = 0; round < 500; round++) {
                            table.merge("counter", 1L, (one, two) -> (long) one + (long) two);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(table).containsEntry("counter", 2000L);
    }
}
