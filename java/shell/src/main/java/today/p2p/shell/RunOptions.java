package today.p2p.shell;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Terminal;

/** The options of every command that goes on and tells what happens. */
public final class RunOptions {
    @Option(names = "--json", description = "Print one JSON object for each event.")
    private boolean json;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "End after this time, such as 500ms, 30s or 10m. Default: never.")
    private @Nullable String lasts;

    /** For how long; null: without end. */
    public @Nullable Duration most() {
        return lasts == null ? null : TimeText.read("--for", lasts);
    }

    /** Where events are told. */
    public Output output(Terminal terminal, Screen screen) {
        return new Output(terminal, screen, json);
    }

    /** A node from its start to its end. */
    @FunctionalInterface
    public interface Life {
        /** @param most for how long; null: without end */
        void run(Output out, Links links, InputLoop input, @Nullable Duration most) throws InterruptedException;
    }

    /** Lets a node run on a screen, tells its end, and says how the program ends. */
    public int run(Terminal terminal, Life life) throws InterruptedException {
        @Nullable Duration most = most();
        try (Screen screen = Screen.on(terminal, true)) {
            Output out = output(terminal, screen);
            life.run(out, new Links(out), new InputLoop(terminal, screen, false), most);
            out.say("closed", "closed", object -> {});
        }
        return ExitCode.OK;
    }
}
