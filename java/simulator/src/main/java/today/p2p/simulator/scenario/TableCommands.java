package today.p2p.simulator.scenario;

import java.util.Map;
import java.util.function.Consumer;
import today.p2p.msgpack.Value;
import today.p2p.simulator.View;
import today.p2p.simulator.ring.Rings;
import today.p2p.simulator.tables.Tables;

/** The commands of scenario files that write into tables. */
final class TableCommands {
    private final View view;
    private final Tables tables;
    private final Rings rings;

    TableCommands(View view, Tables tables, Rings rings) {
        this.view = view;
        this.tables = tables;
        this.rings = rings;
    }

    void addTo(Map<String, Consumer<Line>> commands) {
        commands.put("tables", line -> {
            line.end(2);
            switch (line.word(1)) {
                case "leasing" -> tables.hold(true);
                case "free" -> tables.hold(false);
                case "chord" -> rings.hold(true);
                default -> throw line.wrong("tables are leasing, free or chord");
            }
        });
        commands.put("put", line -> {
            line.end(4);
            Value value = TableValue.of(line, 3);
            line.nodes(1, view.nodes()).forEach(node -> tables.put(node, line.word(2), value));
        });
        commands.put("delete", line -> {
            line.end(3);
            String key = line.word(2);
            line.nodes(1, view.nodes()).forEach(node -> tables.put(node, key, Value.nil()));
        });
        commands.put("delta", line -> {
            Value.Map delta = TableValue.map(line, 3);
            line.nodes(1, view.nodes()).forEach(node -> tables.merge(node, line.word(2), delta));
        });
        commands.put("fill", line -> {
            line.end(4);
            int bytes = line.size() == 4 ? line.number(3) : 0;
            for (int node : line.nodes(1, view.nodes())) {
                for (int key = 1; key <= line.number(2); key++) {
                    tables.put(node, "key " + node + " " + key, Value.of("v".repeat(bytes)));
                }
            }
        });
    }
}
