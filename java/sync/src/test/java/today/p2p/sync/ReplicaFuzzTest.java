package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Whatever a peer sends, a replica answers with nothing but effects, and stays within its limits: S-6. */
class ReplicaFuzzTest {
    private static final long ONLY = Long.getLong("sync.seed", -1);
    private static final NodeLimits SMALL = NodeLimits.DEFAULT
            .with(Limit.MAX_ENTRIES, 8)
            .with(Limit.MAX_TABLE_BYTES, 4000)
            .with(Limit.MAX_DELETIONS, 4);

    @Test
    void noMessageThrowsOrPassesALimit() { // S-6, SYN-4, SYN-10, SYN-14
        for (long seed = Math.max(0, ONLY); seed < (ONLY < 0 ? 300 : ONLY + 1); seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Hall hall = new Hall(seed, seed % 2 == 0, SMALL);
            hall.addAll(2);
            hall.connect(0, 1);
            for (int step = 0; step < 300; step++) {
                message(hall.guests.get(0), random);
                hall.advance(random.nextInt(100) == 0 ? 4000 : 0);
                SyncStats stats = hall.guests.get(0).replica.stats();
                assertThat(stats.entries()).as("seed %d", seed).isLessThanOrEqualTo(8);
                assertThat(stats.bytes()).as("seed %d", seed).isLessThanOrEqualTo(4000);
                assertThat(stats.deletions()).as("seed %d", seed).isLessThanOrEqualTo(4);
            }
            assertAccounted(hall.guests.get(0).replica, seed);
        }
    }

    private static void assertAccounted(Replica replica, long seed) {
        long cost =
                replica.entries().values().stream().mapToLong(TableEntry::cost).sum();
        assertThat(replica.stats().bytes()).as("seed %d", seed).isEqualTo(cost);
        assertThat(replica.size())
                .as("seed %d", seed)
                .isEqualTo(replica.entries().size());
    }

    private static void message(Hall.Guest guest, RandomGenerator random) {
        List<Value> payload = new ArrayList<>();
        payload.add(Value.of(random.nextInt(4) == 0 ? 17 : 11));
        int items = random.nextInt(3) == 0 ? 4 : random.nextInt(6) == 0 ? random.nextInt(7) : 2;
        for (int item = 0; item < items; item++) {
            payload.add(item == 0 ? key(random) : item == 3 ? time(guest, random) : value(random, 3));
        }
        boolean isWhisper = random.nextInt(3) == 0 || items == 4;
        Value.ByteString sender = Value.text(Hall.id(random.nextInt(4)).bytes());
        long time = Math.max(0, guest.now().wallSeconds() + random.nextInt(200) - 130);
        guest.told(1, isWhisper ? 2 : 0, sender, time, payload.toArray(Value[]::new));
    }

    private static Value key(RandomGenerator random) {
        return random.nextInt(10) == 0 ? value(random, 1) : Value.of("key " + random.nextInt(20));
    }

    private static Value time(Hall.Guest guest, RandomGenerator random) {
        return random.nextInt(5) == 0
                ? value(random, 1)
                : Value.of(guest.now().wallSeconds() + random.nextInt(200) - 130);
    }

    private static Value value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 11 : 8)) {
            case 0 -> Value.nil();
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 3 -> Value.ofUnsigned(random.nextLong());
            case 4 -> Value.of(random.nextDouble());
            case 5 -> Value.of("t".repeat(random.nextInt(40)));
            case 6 -> Value.of(Bytes.of(new byte[random.nextInt(300)]));
            case 7 -> Value.ext(random.nextInt(100), Bytes.of(new byte[random.nextInt(20)]));
            case 8 -> Value.array(value(random, depth - 1), value(random, depth - 1));
            case 9 -> Value.map();
            default ->
                Value.map(
                        new Value.Entry(Value.of(1), value(random, depth - 1)),
                        new Value.Entry(Value.of("a"), value(random, depth - 1)));
        };
    }
}
