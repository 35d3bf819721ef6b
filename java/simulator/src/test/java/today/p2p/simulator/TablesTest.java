package today.p2p.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;

/** Nodes that hold a table: the same runs, with the table inside the node machine. */
class TablesTest {
    private static final Bytes KEY = Bytes.ofUtf8("key");

    private final List<Replica> replicas = new ArrayList<>();
    private final Simulation simulation =
            new Simulation(1, Conditions.QUIET.withChunk(20).withWindow(500));

    @Test
    void aWriteReachesEveryTableAndWhoeverStartsAgainWithAnEmptyOne() { // SYN-2, SYN-13
        simulation.setTables((self, limits) -> {
            replicas.add(new Replica(self, true, limits));
            return replicas.get(replicas.size() - 1);
        });
        for (int node = 1; node <= 3; node++) {
            simulation.add();
        }
        simulation.connect(2, 1);
        simulation.connect(3, 2);
        simulation.run(Time.SECOND);
        long put = simulation.call(1, number -> new SyncCall.Put(number, KEY, Value.of("v"), SyncCall.Expected.ANY));
        simulation.run(Time.SECOND);
        assertThat(simulation.view().outcome(1, put)).contains("Written");
        assertThat(replicas)
                .hasSize(3)
                .allSatisfy(replica -> assertThat(value(replica)).contains(Value.of("v")));

        simulation.kill(3);
        simulation.run(Time.SECOND);
        simulation.restart(3);
        simulation.connect(3, 1);
        simulation.run(Time.SECOND);
        assertThat(value(replicas.get(3))).contains(Value.of("v"));
        assertThat(replicas.get(3).isReady()).isTrue();
    }

    private static Optional<Value> value(Replica replica) {
        return replica.entry(KEY).map(entry -> entry.value());
    }
}
