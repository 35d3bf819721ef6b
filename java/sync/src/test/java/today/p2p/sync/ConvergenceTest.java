package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * What the rules of 0.7 keep among replicas, and what they do not: S-1 to S-5 and N-6 to N-11 of INVARIANTS.md.
 * Each run names its seed; {@code -Dsync.seed} replays one.
 */
class ConvergenceTest {
    private static final long ONLY = Long.getLong("sync.seed", -1);
    private static final int SEEDS = 300;

    @Test
    void withOneWriterForEachKeyAllReplicasBecomeEqual() { // S-2
        eachSeed(seed -> {
            Hall hall = new Hall(seed, seed % 2 == 0);
            RandomGenerator random = random(seed);
            hall.addAll(4);
            hall.connectAll();
            for (int round = 0; round < 60; round++) {
                ownKeys(hall, random, 4);
                steps(hall, random);
            }
            hall.run();

            assertEqual(hall, seed);
        });
    }

    @Test
    void whoJoinsByOneLinkWhileOthersWriteAndDeleteGetsTheSame() { // S-2, SYN-13, SYN-14
        eachSeed(seed -> assertEqual(joinWhileOthersWrite(seed, 0), seed));
    }

    @Test
    void whoJoinsByTwoLinksWhileOthersWriteMayKeepAnOlderValue() { // N-11
        boolean differed = false;
        for (long seed = 0; seed < SEEDS && !differed; seed++) {
            Hall hall = joinWhileOthersWrite(seed, 0, 2);
            differed = !hall.guests.get(3).state().equals(hall.guests.get(0).state());
        }

        assertThat(differed).isTrue();
    }

    private static Hall joinWhileOthersWrite(long seed, int... gates) {
        Hall hall = new Hall(seed, true);
        RandomGenerator random = random(seed);
        hall.addAll(4);
        hall.connect(0, 1);
        hall.connect(1, 2);
        for (int round = 0; round < 60; round++) {
            // A node that wrote while it was alone is another matter: N-10.
            ownKeys(hall, random, round <= 30 ? 3 : 4);
            steps(hall, random);
            if (round == 30) {
                for (int gate : gates) {
                    hall.connect(3, gate);
                }
            }
        }
        hall.run();
        return hall;
    }

    @Test
    void withoutLeasesWritersOfOneKeyThatWriteOnceAgreeInEveryOrder() { // S-3
        eachSeed(seed -> {
            Hall hall = new Hall(seed, false);
            RandomGenerator random = random(seed);
            hall.reorder();
            hall.addAll(4);
            hall.connectAll();
            for (int guest = 0; guest < 4; guest++) {
                hall.guests.get(guest).skew(random.nextInt(3));
                hall.guests.get(guest).put("key", Value.of(guest));
                steps(hall, random);
            }
            hall.run();

            assertEqual(hall, seed);
        });
    }

    @Test
    void everyReplicaHoldsWhatSomebodyWrote() { // S-4
        eachSeed(seed -> {
            Hall hall = new Hall(seed, seed % 2 == 0);
            RandomGenerator random = random(seed);
            hall.reorder();
            hall.addAll(4);
            hall.connectAll();
            for (int round = 0; round < 40; round++) {
                int guest = random.nextInt(4);
                hall.guests.get(guest).skew(random.nextInt(10));
                String key = "key " + random.nextInt(3);
                Value value = random.nextInt(4) == 0 ? Value.nil() : Value.of(guest + ":" + round);
                hall.guests.get(guest).put(key, value);
                steps(hall, random);
            }
            hall.run();

            hall.guests.forEach(guest -> guest.replica.entries().values().forEach(entry -> {
                String author = ((Value.Text) entry.value()).text().split(":")[0];
                assertThat(entry.owner().bytes())
                        .as("seed %d", seed)
                        .isEqualTo(Hall.id(Integer.parseInt(author)).bytes());
            }));
        });
    }

    @Test
    void newsTellTheWholeStoryOfAReplica() { // S-5, SYN-18
        eachSeed(seed -> {
            Hall hall = new Hall(seed, seed % 2 == 0);
            RandomGenerator random = random(seed);
            hall.addAll(3);
            hall.connectAll();
            for (int round = 0; round < 60; round++) {
                Hall.Guest guest = hall.guests.get(random.nextInt(3));
                guest.put("key " + random.nextInt(5), random.nextInt(3) == 0 ? Value.nil() : Value.of(round));
                steps(hall, random);
            }
            hall.run();

            hall.guests.forEach(guest -> {
                java.util.Map<Bytes, TableEntry> told = new java.util.TreeMap<>();
                for (SyncNews news : guest.news) {
                    if (news instanceof SyncNews.Updated updated) {
                        assertThat(told.put(updated.key(), updated.entry())).isSameAs(updated.before());
                    } else if (news instanceof SyncNews.Deleted deleted) {
                        assertThat(told.remove(deleted.key())).isSameAs(deleted.before());
                    }
                }
                assertThat(told).as("seed %d", seed).isEqualTo(guest.replica.entries());
            });
        });
    }

    @Test
    void twoFirstWritesWithLeasesCanLeaveTwoOwners() { // N-6
        Hall hall = new Hall(1, true);
        hall.addAll(2);
        hall.connect(0, 1);
        hall.run();
        hall.guests.get(0).put("key", Value.of("zero"));
        hall.advance(1);
        hall.guests.get(1).put("key", Value.of("one"));
        hall.run();

        assertThat(hall.guests.get(0).get("key")).contains(Value.of("zero"));
        assertThat(hall.guests.get(1).get("key")).contains(Value.of("one"));
    }

    @Test
    void twoWritesOfOneOwnerThatSwapPlacesLeaveTwoValues() { // N-7
        boolean differed = false;
        for (long seed = 0; seed < 50 && !differed; seed++) {
            Hall hall = new Hall(seed, false);
            hall.addAll(2);
            hall.connect(0, 1);
            hall.run();
            hall.reorder();
            hall.guests.get(0).put("key", Value.of("first"));
            hall.advance(1);
            hall.guests.get(0).put("key", Value.of("second"));
            hall.run();
            differed = !hall.guests.get(0).state().equals(hall.guests.get(1).state());
        }

        assertThat(differed).isTrue();
    }

    @Test
    void atTheEndOfALeaseTwoClocksSeeTwoOwners() { // N-8
        Hall hall = new Hall(1, true);
        hall.addAll(3);
        hall.connectAll();
        hall.guests.get(0).put("key", Value.of("old"));
        hall.run();
        hall.advance(3600);
        hall.guests.get(1).skew(1);
        Outcome byOne = hall.guests.get(1).put("key", Value.of("new"));
        hall.run();

        assertThat(byOne).isInstanceOf(SyncOutcome.Written.class);
        assertThat(hall.guests.get(1).get("key")).contains(Value.of("new"));
        assertThat(hall.guests.get(2).get("key")).contains(Value.of("old"));
    }

    @Test
    void aNodeThatMissedADeletionGivesTheEntryToWhoeverLacksIt() { // N-9
        Hall hall = new Hall(1, true);
        hall.addAll(3);
        hall.connectAll();
        hall.guests.get(0).put("key", Value.of("v"));
        hall.run();
        hall.disconnect(2, 0);
        hall.disconnect(2, 1);
        hall.guests.get(0).delete("key");
        hall.run();
        Hall.Guest newcomer = hall.add();
        hall.connect(3, 2);
        hall.connect(2, 0);
        hall.run();

        assertThat(newcomer.get("key")).contains(Value.of("v"));
        assertThat(hall.guests.get(0).get("key"))
                .as("who saw the deletion keeps it: S-1")
                .isEmpty();
    }

    @Test
    void whatANodeWroteAloneReachesItsNeighboursAndNobodyBehindThem() { // N-10, SYN-13
        Hall hall = new Hall(1, true);
        hall.addAll(3);
        hall.connect(0, 1);
        hall.guests.get(2).put("key", Value.of("v"));
        hall.connect(2, 1);
        hall.run();

        assertThat(hall.guests.get(1).get("key")).contains(Value.of("v"));
        assertThat(hall.guests.get(0).get("key")).isEmpty();
    }

    private static void ownKeys(Hall hall, RandomGenerator random, int writers) {
        int guest = random.nextInt(writers);
        String key = "key " + guest + " " + random.nextInt(3);
        switch (random.nextInt(4)) {
            case 0 -> hall.guests.get(guest).delete(key);
            case 1 ->
                hall.guests
                        .get(guest)
                        .merge(
                                key,
                                Value.map(new Value.Entry(Value.of(random.nextInt(3)), Value.of(random.nextInt()))));
            default -> hall.guests.get(guest).put(key, Value.map(List.of(new Value.Entry(Value.of(0), Value.nil()))));
        }
        hall.advance(random.nextInt(2));
    }

    private static void steps(Hall hall, RandomGenerator random) {
        for (int steps = random.nextInt(8); steps > 0; steps--) {
            hall.step();
        }
    }

    private static void assertEqual(Hall hall, long seed) {
        String first = hall.guests.get(0).state();
        hall.guests.forEach(
                guest -> assertThat(guest.state()).as("seed %d", seed).isEqualTo(first));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + 7);
    }

    private static void eachSeed(java.util.function.LongConsumer run) {
        if (ONLY >= 0) {
            run.accept(ONLY);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            run.accept(seed);
        }
    }
}
