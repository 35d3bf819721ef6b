package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.ring.Rings;
import today.p2p.simulator.tables.Tables;

/** The commands of scenario files, and one run of them. */
final class Command {
    private final Simulation simulation;
    private final Scenario.Filter filter;
    private final Expectation expectation;
    private final TableExpectation tableExpectation;
    private final RingCommands rings;
    private final Map<String, Consumer<Line>> commands = new TreeMap<>();

    Command(Simulation simulation, Scenario.Filter filter) {
        this.simulation = simulation;
        this.filter = filter;
        Tables tables = new Tables(simulation);
        expectation = new Expectation(simulation.view());
        tableExpectation = new TableExpectation(simulation.view(), tables);
        Rings chords = new Rings(simulation);
        new TableCommands(simulation.view(), tables, chords).addTo(commands);
        rings = new RingCommands(simulation.view(), chords);
        setting();
        asking();
        harming();
    }

    /** Refuses a line whose first word is no command. */
    static void check(Line line) {
        Line checked = line.command().equals("at") ? line.from(2) : line;
        Command any = new Command(new Simulation(1, Conditions.QUIET), new Scenario.Filter(row -> {}));
        if (!any.commands.containsKey(checked.command())) {
            throw line.wrong("no command is called " + checked.command());
        }
    }

    void play(Line line) {
        try {
            if (line.command().equals("at")) {
                long wait = line.duration(1) - simulation.view().now();
                if (wait < 0) {
                    throw line.wrong("this moment has passed");
                }
                simulation.run(wait);
                play(line.from(2));
                return;
            }
            commands.getOrDefault(line.command(), unknown -> {}).accept(line);
        } catch (IllegalArgumentException refused) {
            throw line.wrong(String.valueOf(refused.getMessage()));
        }
    }

    private void setting() {
        commands.put("nodes", line -> {
            line.end(2);
            for (int count = line.number(1); count > 0; count--) {
                simulation.add();
            }
        });
        commands.put("speech", line -> {
            line.end(3);
            boolean isCoded = line.size() == 3;
            if (isCoded && !line.word(2).equals("zlib")) {
                throw line.wrong("nodes speak zlib or no codec");
            }
            simulation.setSpeech(line.constant(1, Dialect.class), isCoded);
        });
        commands.put("limit", line -> {
            line.end(3);
            simulation.setLimits(simulation.limits().with(line.constant(1, Limit.class), line.number(2)));
        });
        commands.put("timer", line -> {
            line.end(3);
            simulation.setLimits(simulation.limits().with(line.constant(1, Timer.class), line.duration(2)));
        });
        commands.put("network", this::network);
        commands.put("run", line -> {
            line.end(2);
            simulation.run(line.duration(1));
        });
        commands.put("trace", line -> {
            line.end(2);
            boolean all = line.word(1).equals("all");
            filter.show(all || line.word(1).equals("events"), all);
        });
        commands.put("expect", line -> {
            Line expected = line.from(1);
            if (expected.command().equals("ring")) {
                rings.check(expected.from(1));
            } else if (!tableExpectation.knows(expected)) {
                expectation.check(expected);
            }
            filter.note("          --   " + line);
        });
    }

    private void asking() {
        commands.put("ring", line -> rings.act(line.from(1)));
        commands.put("connect", this::connect);
        commands.put("broadcast", line -> {
            line.end(3);
            simulation.broadcast(line.number(1), line.word(2));
        });
        commands.put("whisper", line -> {
            line.end(4);
            simulation.whisper(line.number(1), line.number(2), line.word(3));
        });
        commands.put("leave", line -> each(line, node -> simulation.call(node, Call.Close::new)));
        commands.put("skew", line -> {
            line.end(3);
            simulation.skew(line.number(1), line.duration(2));
        });
    }

    private void harming() {
        commands.put("partition", this::partition);
        commands.put("heal", line -> {
            line.end(1);
            simulation.heal();
        });
        commands.put("stall", line -> {
            line.end(3);
            simulation.stall(line.number(1), line.number(2), true);
        });
        commands.put("resume", line -> {
            line.end(3);
            simulation.stall(line.number(1), line.number(2), false);
        });
        commands.put("reset", line -> {
            line.end(3);
            simulation.reset(line.number(1), line.number(2));
        });
        commands.put("crash", line -> each(line, simulation::crash));
        commands.put("kill", line -> each(line, simulation::kill));
        commands.put("restart", line -> each(line, simulation::restart));
        commands.put("attack", line -> {
            line.end(3);
            simulation.attack(line.constant(1, Attack.class), line.number(2));
        });
    }

    private void each(Line line, Consumer<Integer> act) {
        line.end(2);
        line.nodes(1, simulation.view().nodes()).forEach(act);
    }

    private void connect(Line line) {
        line.end(3);
        String to = line.word(2);
        int colon = to.lastIndexOf(':');
        for (int node : line.nodes(1, simulation.view().nodes())) {
            if (colon < 0) {
                simulation.connect(node, line.number(2));
            } else {
                Address address = new Address(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
                simulation.call(node, number -> new Call.Connect(number, address));
            }
        }
    }

    private void partition(Line line) {
        List<List<Integer>> parts = new ArrayList<>();
        for (int word = 1; word < line.size(); word += 2) {
            parts.add(line.nodes(word, simulation.view().nodes()));
            if (word + 1 < line.size() && !line.word(word + 1).equals("|")) {
                throw line.wrong("parts stand as in: partition 1,2 | 3-5");
            }
        }
        if (parts.size() < 2) {
            throw line.wrong("a partition has two parts or more");
        }
        simulation.partition(parts);
    }

    private void network(Line line) {
        Conditions now = simulation.conditions();
        for (int word = 1; word < line.size(); word += 2) {
            now = switch (line.word(word)) {
                case "delay" -> now.withDelay(line.duration(word + 1), now.jitter());
                case "jitter" -> now.withDelay(now.delay(), line.duration(word + 1));
                case "chunk" -> now.withChunk(line.number(word + 1));
                case "window" -> now.withWindow(line.number(word + 1));
                case "hop" -> now.withHop(line.duration(word + 1));
                default -> throw line.wrong("a network has no " + line.word(word));
            };
        }
        simulation.setConditions(now);
    }
}
