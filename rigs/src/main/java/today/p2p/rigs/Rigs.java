package today.p2p.rigs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs rigs: {@code ./check rigs -- [NAME ...]}. */
@Command(
        name = "./check rigs --",
        mixinStandardHelpOptions = true,
        description = {"Long runs against living nodes. Without a name: all, one after the other.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all that was asked for held", "1:something did not", "2:the command line is not understood"})
public final class Rigs implements Callable<Integer> {
    private static final List<Rig> ALL =
            List.of(new HostileRig(), new IdleRig(), new ChurnRig(), new JoinRig(), new CrowdRig(), new ChordRig());

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "hostile, idle, churn, join, crowd or chord.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--links", paramLabel = "N", description = "Another number of links.")
    private int links;

    @Option(names = "--nodes", paramLabel = "N", description = "Another number of nodes, for chord.")
    private int nodes;

    @Option(names = "--every", paramLabel = "SECONDS", description = "Time between two crashes, for chord.")
    private int every;

    @Option(names = "--seconds", paramLabel = "N", description = "Another time, for hostile and chord.")
    private int seconds;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "Another number of entries or keys, for join, crowd and chord.")
    private int entries;

    @Option(names = "--value", paramLabel = "BYTES", description = "Length of their values. Default: 100.")
    private int valueBytes = 100;

    @Option(
            names = "--nice",
            paramLabel = "N",
            description = "How far the attackers of hostile stand back for processors, 0 to 19. Default: 19.")
    private int nice = 19;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of each node of join and crowd, such as 128m.")
    private @Nullable String heap;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance. Default: 1.")
    private long seed = 1;

    private Rigs() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rigs()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> known = ALL.stream().map(Rig::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                Report.line("there is no rig '" + name + "'; there are " + String.join(", ", known));
                return 2;
            }
        }
        boolean held = true;
        for (Rig rig : ALL) {
            if (names.isEmpty() || names.contains(rig.name())) {
                Report.line(rig.name() + ": " + rig.description() + " (Java "
                        + Runtime.version().feature() + ", seed " + seed + ")");
                held &= rig.run(new RigOptions(links, nodes, every, seconds, entries, valueBytes, nice, heap, seed));
            }
        }
        return held ? 0 : 1;
    }
}
