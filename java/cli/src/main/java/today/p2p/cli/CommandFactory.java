package today.p2p.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import today.p2p.shell.NodeCommand;
import today.p2p.shell.chat.ChatCommand;
import today.p2p.shell.tables.RingCommand;
import today.p2p.shell.tables.TableCommand;
import today.p2p.terminal.Terminal;

/** Hands the terminal to those commands that take one. */
final class CommandFactory implements CommandLine.IFactory {
    private static final Map<Class<?>, Function<Terminal, ?>> TAKING = Map.of(
            FrameCommand.class, FrameCommand::new,
            IdCommand.class, IdCommand::new,
            DemoCommand.class, DemoCommand::new,
            TesteeCommand.class, TesteeCommand::new,
            NodeCommand.class, NodeCommand::new,
            ChatCommand.class, ChatCommand::new,
            TableCommand.class, TableCommand::new,
            RingCommand.class, RingCommand::new);

    private final Terminal terminal;
    private final CommandLine.IFactory fallback = CommandLine.defaultFactory();

    CommandFactory(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Function<Terminal, ?> taking = TAKING.get(type);
        return taking == null ? fallback.create(type) : type.cast(taking.apply(terminal));
    }
}
